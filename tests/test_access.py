"""The parts of the gate: the passphrase, sessions, the limit of attempts, where a login leads."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import AccessError
from search_app.access.attempts import MOST, MOST_OF_AN_ADDRESS, WINDOW_S, FailedAttempts
from search_app.access.gate import local_address
from search_app.access.login_components import login_page
from search_app.access.passphrase import Passphrase, take_passphrase
from search_app.access.sessions import LASTS_S, MOST_SESSIONS, Sessions
from search_app.serving import is_loopback

RIGHT = "correct horse battery"


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_passphrase_of_a_file_is_taken_without_its_line_end(tmp_path: Path) -> None:
    """And taken out of the environment, which the readers of documents inherit."""
    file = tmp_path / "passphrase"
    file.write_text(f"{RIGHT}\n", "utf-8")
    file.chmod(stat.S_IRUSR)
    variables = {"CITEWELL_PASSPHRASE_FILE": str(file), "HOME": "/"}
    passphrase = take_passphrase(variables)
    assert passphrase is not None
    assert passphrase.fits(RIGHT)
    assert not passphrase.fits(RIGHT.upper())
    assert not passphrase.fits("")
    assert variables == {"HOME": "/"}
    assert RIGHT not in repr(vars(passphrase))


def test_accents_may_be_written_in_two_ways() -> None:
    """As one character, or as a letter and its accent."""
    assert Passphrase("caf\u00e9 au lait, s'il").fits("cafe\u0301 au lait, s'il ")


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"CITEWELL_PASSPHRASE": "short"}, "shorter than 12"),
        ({"CITEWELL_PASSPHRASE": " " * 20}, "shorter than 12"),
        ({"CITEWELL_PASSPHRASE_FILE": "/does/not/exist"}, "/does/not/exist cannot be read"),
        ({"CITEWELL_PASSPHRASE": RIGHT, "CITEWELL_PASSPHRASE_FILE": "x"}, "not both"),
    ],
)
def test_unusable_passphrase_is_refused(variables: dict[str, str], reason: str) -> None:
    """A server that is meant to be closed never starts open."""
    with pytest.raises(AccessError, match=reason) as refused:
        take_passphrase(variables)
    assert "short\n" not in str(refused.value)


def test_without_a_passphrase_there_is_none() -> None:
    """Set to nothing is not set."""
    assert take_passphrase({"CITEWELL_PASSPHRASE": ""}) is None


def test_session_ends_when_told_and_by_itself() -> None:
    """And a key that was never given out opens nothing."""
    clock = Clock()
    sessions = Sessions(clock)
    first, second = sessions.start(), sessions.start()
    assert first != second
    assert sessions.is_open(first)
    assert not sessions.is_open(first[:-1])
    assert not sessions.is_open("")
    sessions.end(first)
    assert not sessions.is_open(first)
    clock.now = LASTS_S - 1
    assert sessions.is_open(second)
    clock.now = LASTS_S
    assert not sessions.is_open(second)


def test_sessions_are_bounded() -> None:
    """The oldest gives way."""
    sessions = Sessions()
    keys = [sessions.start() for _ in range(MOST_SESSIONS + 1)]
    assert not sessions.is_open(keys[0])
    assert sessions.is_open(keys[1])
    assert sessions.is_open(keys[-1])


def test_address_waits_after_ten_failures() -> None:
    """Until the first of them is a quarter of an hour old; others go on."""
    clock = Clock()
    failures = FailedAttempts(clock)
    for second in range(MOST_OF_AN_ADDRESS):
        assert failures.wait_s("192.0.2.1") == 0
        clock.now = float(second)
        failures.note("192.0.2.1")
    assert failures.wait_s("192.0.2.1") == WINDOW_S - (MOST_OF_AN_ADDRESS - 1)
    assert failures.wait_s("192.0.2.2") == 0
    clock.now = float(WINDOW_S)
    assert failures.wait_s("192.0.2.1") == 0


def test_addresses_of_one_subscriber_count_together() -> None:
    """Who has IPv6 has 2**64 of them."""
    failures = FailedAttempts(Clock())
    for number in range(MOST_OF_AN_ADDRESS):
        failures.note(f"2001:db8::{number:x}")
    assert failures.wait_s("2001:db8::ffff") > 0
    assert failures.wait_s("2001:db8:0:1::1") == 0
    assert failures.wait_s("::ffff:192.0.2.1") == 0


def test_all_addresses_together_are_limited() -> None:
    """And no more is remembered than that."""
    failures = FailedAttempts(Clock())
    for number in range(3 * MOST):
        failures.note(f"192.0.{number // 256}.{number % 256}")
    assert failures.wait_s("198.51.100.1") == WINDOW_S
    assert len(vars(failures)["_failures"]) == MOST


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/logout",
        "/login?next=/login",
    ],
)
def test_login_leads_to_no_other_host(address: str) -> None:
    """Whatever the form says."""
    assert local_address(address) == "/"


@pytest.mark.parametrize("address", ["/", "/document?passage=3&q=a%2Fb", "/library?q=//x\\y"])
def test_login_leads_back_to_where_it_began(address: str) -> None:
    """With the question."""
    assert local_address(address) == address


@given(st.text())
def test_address_is_always_a_path_of_ours(text: str) -> None:
    """One slash at its start, then neither a slash nor what browsers take for one."""
    address = local_address(text)
    assert address.startswith("/")
    assert address[1:2] not in {"/", "\\"}
    assert address.isprintable()


@given(st.text(min_size=1))
def test_nothing_of_an_address_becomes_html(text: str) -> None:
    """The login page has the same elements whatever leads to it."""
    page = login_page(text, text)
    assert page.count("<") == login_page("/", "x").count("<")
    assert page.count('"') == login_page("/", "x").count('"')


def test_only_own_addresses_are_loopback() -> None:
    """None is Streamlit's word for all of them."""
    assert is_loopback("127.0.0.1")
    assert not is_loopback("0.0.0.0")  # noqa: S104
    assert not is_loopback(None)
