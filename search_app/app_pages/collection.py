"""What a reader has collected: to order, to comment, to take along, to pass on."""

import streamlit as st

from search_app.collecting import Chosen, attempt, choose_collection, turn_to
from search_app.components import show_excerpt, show_lead
from search_app.exchange import MOST_BYTES, export_collection, import_collection
from search_app.exports.formats import FORMATS, file_name
from search_app.exports.talk import make_talk
from search_app.finding_again import Standing, find_again
from search_app.keeping import MOST_NAME_CHARACTERS, MOST_NOTE_CHARACTERS, Item
from search_app.references.rendering import STYLES
from search_app.resources import opened_index
from search_app.wording import counted, without_markdown


def show_item(
    chosen: Chosen, item: Item, standing: Standing, position: int, *, is_last: bool
) -> None:
    """One quote with its note and its buttons."""
    kept, key = chosen.kept, item.key
    show_excerpt(standing, position)
    save = lambda: attempt(kept.annotate, key, st.session_state[f"note-{key}"])  # noqa: E731
    st.text_area(
        f"Note on {position}",
        item.note,
        key=f"note-{key}",
        height=68,
        max_chars=MOST_NOTE_CHARACTERS,
        placeholder="A note for the talk",
        label_visibility="collapsed",
        on_change=save,
    )
    actions = {
        "Up": (kept.move, (key, -1), ":material/arrow_upward:", position > 1),
        "Down": (kept.move, (key, 1), ":material/arrow_downward:", not is_last),
        "Remove": (kept.remove, (key,), ":material/delete:", True),
    }
    with st.container(horizontal=True, gap="small"):
        for name, (action, arguments, icon, can_do) in actions.items():
            label = f"{name} {position}"
            st.button(
                label,
                key=f"{name}-{key}",
                type="tertiary",
                icon=icon,
                disabled=not can_do,
                on_click=attempt,
                args=(action, *arguments),
            )


def show_exports(chosen: Chosen, items: list[Item]) -> None:
    """A button for each format; a file is made when its button is pressed."""
    index = opened_index()
    st.subheader("Take it along", anchor=False)
    style = st.radio(
        "References in the style of",
        list(STYLES),
        format_func=lambda key: STYLES[key].name,
        key="style",
        bind="query-params",
        horizontal=True,
    )
    with st.container(horizontal=True):
        for chosen_format in FORMATS.values():
            write = lambda to=chosen_format: to.write(  # noqa: E731
                make_talk(index, chosen.name, chosen.kept.items(chosen.name), style)
            )
            st.download_button(
                chosen_format.label,
                write,
                file_name(chosen.name, chosen_format),
                chosen_format.media_type,
                on_click="ignore",
            )
        st.download_button(
            "Collection file",
            export_collection(chosen.name, items),
            f"{file_name(chosen.name)}.citewell.json",
            "application/json",
            on_click="ignore",
        )


def show_management(chosen: Chosen, count: int) -> None:
    """New, rename, delete, import."""
    kept = chosen.kept
    with st.expander("New, rename, delete, import"):
        for label, action in (
            ("New collection", kept.create),
            ("Rename this one", lambda name: kept.rename(chosen.name, name)),
        ):
            with st.form(label, clear_on_submit=True, border=False):
                name = st.text_input(label, max_chars=MOST_NAME_CHARACTERS)
                if st.form_submit_button(label.split()[0]) and name.strip():
                    turn_to(action(name))
        with st.form("Import", clear_on_submit=True, border=False):
            file = st.file_uploader("Import a collection file", type="json", max_upload_size=5)
            if st.form_submit_button("Import") and file:
                name, items = import_collection(file.read(MOST_BYTES + 1))
                kept.add(name, items)
                turn_to(name)
        with st.popover("Delete this collection", icon=":material/delete:"):
            st.write(
                f"{without_markdown(chosen.name)}, its {counted(count, 'quote')} and all notes go "
                "for good. A collection file, saved before, brings them back."
            )
            st.button("Delete for good", on_click=attempt, args=(kept.delete, chosen.name))


st.header("Collection", anchor=False)
chosen = choose_collection(is_always_shown=True)
if chosen.problem:
    st.error(without_markdown(chosen.problem))
items = chosen.kept.items(chosen.name)
if items:
    show_lead(f"{counted(len(items), 'quote')}, in the order of your talk.")
    standings = find_again(opened_index(), [item.excerpt for item in items])
    for position, (item, standing) in enumerate(zip(items, standings, strict=True), 1):
        with st.container(gap="xsmall"):
            show_item(chosen, item, standing, position, is_last=position == len(items))
    show_exports(chosen, items)
else:
    show_lead(
        "Nothing is collected here yet. Ask the library, and press Collect at what convinces."
    )
show_management(chosen, len(items))
