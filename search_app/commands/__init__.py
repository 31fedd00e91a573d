"""The commands of `citewell` that ask the library, a file a command.

What a command needs is imported when it runs, so that `citewell --help` does not load a
vector library.
"""
