"""Every error that a user can cause. One base, so that one place can catch them all.

CitewellError
├── QuestionError          the question cannot be searched (empty, too long)
│   └── FilterError            what limits the search cannot be understood (a date that is none)
├── SourceError            one source cannot be read; names it and the way out
├── ReaderError            no source can be read: what reads them cannot be started
├── CorrectionError        a corrected description cannot be right; names the field
├── JudgedSetError         judged questions cannot be used; names the file and the line
├── CollectionError        a collection or its file cannot be used as was asked
├── AccessError            who may see the library is set up wrongly, or not at all
├── IndexUnavailableError
│   ├── IndexMissingError      there is no index in the folder
│   ├── IndexFormatError       the index is of another format, or damaged
│   └── IndexBusyError         another process is writing to it
├── ModelError             a model cannot be loaded, is not the index's, or none is set up
└── PackageMissingError    a command needs packages that are not installed
"""


class CitewellError(Exception):
    """Base of all; its text is shown to the user as it is."""


class QuestionError(CitewellError):
    """The question is empty or longer than a question can be."""


class FilterError(QuestionError):
    """What is to limit the search cannot be understood."""


class SourceError(CitewellError):
    """One source cannot be read. The run goes on with the others."""


class ReaderError(CitewellError):
    """The processes that read sources cannot be started. No other source would fare better."""


class CorrectionError(CitewellError):
    """A corrected description cannot be right."""


class JudgedSetError(CitewellError):
    """Judged questions cannot be used: a file is missing, or a line says what cannot be."""


class CollectionError(CitewellError):
    """A collection cannot be changed as was asked, or a file of one cannot be used."""


class AccessError(CitewellError):
    """Who may see the library is not said, or said in a way that cannot be."""


class IndexUnavailableError(CitewellError):
    """The index cannot be used."""


class IndexMissingError(IndexUnavailableError):
    """The folder holds no index."""


class IndexFormatError(IndexUnavailableError):
    """The index was written in another format, or its database is damaged."""


class IndexBusyError(IndexUnavailableError):
    """Another process is writing to the index."""


class ModelError(CitewellError):
    """A model cannot be loaded, is not the one that built the index, or none is set up."""


class PackageMissingError(CitewellError):
    """A command needs packages that are not installed; names the first and what to install."""
