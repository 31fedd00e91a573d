"""The command `citewell ask`."""

from index.location import DEFAULT_FOLDER, IndexOption
from search_app.commands.running import (
    JsonOption,
    QuestionArgument,
    opened_index,
    print_json,
    tell,
)
from search_app.filtering import Parts, with_filters


@with_filters
def ask_command(
    filters: Parts,
    question: QuestionArgument,
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Answer a question in quoted sentences.

    Example:
      citewell ask "what is sickness behaviour?"
    """
    with opened_index(index) as opened:
        from search_app.finding import find  # noqa: PLC0415
        from search_app.narrowing import narrowed  # noqa: PLC0415
        from search_app.printing import print_answer  # noqa: PLC0415
        from search_app.reports import answer_report  # noqa: PLC0415

        findings = find(opened, question, narrowing=narrowed(filters))
        tell(*findings.notices)
        if findings.suggestion:
            tell(findings.suggestion.told)
        if as_json:
            print_json(answer_report(opened, findings))
        else:
            print_answer(findings)
        tell(*filter(None, [findings.unread]))
