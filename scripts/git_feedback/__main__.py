"""`python -m git_feedback`: the same as `git-feedback`."""

from git_feedback.cli import main

if __name__ == "__main__":
    main()
