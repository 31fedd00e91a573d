"""The page that asks for the passphrase, and the one to leave by. All text escaped, no script."""

import base64
from html import escape
from pathlib import Path

_ICON = Path(__file__).parents[1] / "style" / "icon.svg"
_LOGO = base64.b64encode(_ICON.read_bytes()).decode()
_LOOK = """
:root { color-scheme: light dark; --page: #fbfaf8; --text: #1c2427; --line: #767068;
  --button: #1d5b6b; --warn: #8a1c12; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191b; --text: #e8e6e1; --line: #8a9599; --button: #2f7c90; --warn: #ffb4a8; }
}
body { margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.6 "Source Sans", system-ui, sans-serif; }
main { max-width: 22rem; margin: 0 auto; padding: 15vh 1.25rem 2rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.75rem 0 0.25rem; font-weight: 650; }
p { margin: 0 0 1.25rem; }
label { display: block; font-weight: 600; margin: 0 0 0.3rem; }
input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit;
  border-radius: 6px; padding: 0.45rem 0.75rem; }
input { border: 1px solid var(--line); background: transparent; color: inherit; margin: 0 0 1rem; }
button { border: 0; background: var(--button); color: #fff; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.wrong { color: var(--warn); font-weight: 600; margin: 0 0 1rem; }
"""


def login_page(leads_to: str, failure: str = "") -> str:
    """The page that asks for the passphrase.

    Args:
        leads_to: address of our own that it leads to.
        failure: why the attempt before was refused.
    """
    message = f'<p class="wrong" id="failure" role="alert">{escape(failure)}</p>' if failure else ""
    described = ' aria-describedby="failure" aria-invalid="true"' if failure else ""
    return _page(
        "Log in",
        "This library is open to those who know its passphrase.",
        f'{message}<form method="post" action="/login">'
        '<label for="passphrase">Passphrase</label>'
        '<input id="passphrase" name="passphrase" type="password" required autofocus '
        f'autocomplete="current-password"{described}>'
        f'<input type="hidden" name="next" value="{escape(leads_to)}">'
        "<button>Log in</button></form>",
    )


def logout_page() -> str:
    """The page that ends a session when its button is pressed."""
    return _page(
        "Log out",
        "Whoever uses this browser after you will be asked for the passphrase.",
        '<form method="post" action="/logout"><button>Log out</button></form>'
        '<p style="margin-top:1rem"><a href="/" style="color:inherit">Back to the library</a></p>',
    )


def _page(title: str, lead: str, content: str) -> str:
    # With the policy of the headers, no-referrer, browsers would name no origin of the form.
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - Citewell'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="same-origin">'
        f'<link rel="icon" href="data:image/svg+xml;base64,{_LOGO}"><style>{_LOOK}</style></head>'
        f'<body><main><img src="data:image/svg+xml;base64,{_LOGO}" alt="Citewell" width="40" '
        f'height="40"><h1>{title}</h1><p>{lead}</p>{content}</main></body></html>'
    )
