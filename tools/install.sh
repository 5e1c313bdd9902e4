#!/bin/sh
# Set up a virtual environment and install the project into it: install.sh FOLDER REQUIREMENT
# Works with Python 3.11 or later and pip; Debian's python3 without python3-venv is enough.
set -eu

folder=$1
requirement=$2

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    echo "Galactica needs Python 3.11 or later; none was found." >&2
    echo "Install one (python.org, or your system's packages), or name it: make install PYTHON=/path/to/python3" >&2
    exit 1
}

make_environment() {
    if "$1" -m venv "$folder" >/dev/null 2>&1; then
        return
    fi
    # No ensurepip (Debian without python3-venv): an environment without pip, into which this Python's pip installs.
    rm -rf "$folder"
    if "$1" -m venv --without-pip "$folder" >/dev/null 2>&1 &&
        "$1" -m pip --python "$folder/bin/python" install --quiet pip >/dev/null 2>&1; then
        return
    fi
    rm -rf "$folder"
    if "$1" -m virtualenv --quiet "$folder" >/dev/null 2>&1; then
        return
    fi
    rm -rf "$folder"
    echo "A virtual environment could not be made: $1 has neither venv with ensurepip, nor pip, nor virtualenv." >&2
    echo "On Debian and Ubuntu: apt install python3-venv. Then run the same command again." >&2
    exit 1
}

if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Setting up $folder with $("$python" --version)"
    make_environment "$python"
fi
# What pip does, in a line for each package: on a terminal the last one stands, elsewhere all of them.
show_progress() {
    awk -v terminal="$1" '
        function say(text) {
            if (terminal) printf "\r\033[K  %s", substr(text, 1, 76); else print "  " text
            fflush()
        }
        /^ *Collecting /               { looked++; say(looked " looked for: " $2) }
        /^ *(Downloading|Using cached) / { sub(/Using cached/, "Downloading"); loaded++; name = $2; sub(/.*\//, "", name); say(loaded " downloaded: " name " " $3 " " $4) }
        /^ *(Preparing|Building|Getting) .*: started/ { sub(/: started.*/, ""); $1 = tolower($1); say($0) }
        /^Installing collected packages/ { say("installing " (NF - 3) " packages") }
        /^Successfully installed/      { done = NF - 2 }
        END { if (terminal) printf "\r\033[K"; if (done) print "  " done " packages installed" }
    '
}

echo "Installing $requirement into $folder (the first time takes a minute)"
terminal=
[ -t 1 ] && terminal=1
ended=$(mktemp)
trap 'rm -f "$ended"' EXIT
{
    status=0
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-color --progress-bar off \
        --editable "$requirement" || status=$?
    echo "$status" >"$ended"
} | show_progress "$terminal"
status=$(cat "$ended")
rm -f "$ended"
exit "$status"
