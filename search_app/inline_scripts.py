"""The scripts of our own. The content security policy names their hashes and lets no other run.

They are constants: nothing that a document or a reader wrote ever stands in one.
"""

# To a section that the address names, else to the cited place. Again a moment later, for on a busy
# machine the page still grows above it; not once the reader has moved.
SCROLL = """
(() => {
  let hasMoved = false;
  for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    addEventListener(kind, () => { hasMoved = true; }, { once: true, passive: true });
  }
  const show = () => {
    const place = document.getElementById(location.hash.slice(1))
      ?? document.getElementById('cited');
    if (!hasMoved) place?.scrollIntoView({ block: 'center', inline: 'center' });
  };
  for (const delay of [0, 300, 1000, 2500]) setTimeout(show, delay);
})();
"""

# A press on what has data-copy puts that into the clipboard, and the status after it says so.
# navigator.clipboard exists only under https and on this machine itself.
COPY = """
if (!window.citewellCopies) {
  window.citewellCopies = true;
  const copyOldWay = text => {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  };
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const text = button.dataset.copy;
    const done = await (navigator.clipboard?.writeText(text) ?? Promise.reject())
      .then(() => true, () => copyOldWay(text));
    button.focus();
    const status = button.parentElement.querySelector('[role=status]');
    status.textContent = done ? 'Copied.' : 'Your browser does not let the page copy.';
    setTimeout(() => { status.textContent = ''; }, 6000);
  });
}
"""

SCRIPTS = (SCROLL, COPY)
