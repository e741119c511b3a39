# Sourced by scripts/demo and scripts/test: makes .venv and installs the project into it, once for each pyproject.toml.

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
}

# Runs a command with its output kept in build/install.log, and shows that time is passing.
with_dots() {
    mkdir -p build
    "$@" >>build/install.log 2>&1 &
    running=$!
    while kill -0 "$running" 2>/dev/null; do
        printf '.'
        sleep 2
    done
    printf '\n'
    wait "$running"
}

make_venv() {
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is needed, and none was found." \
        "Install it (Debian: sudo apt-get install python3 python3-venv) and run this again."
    printf 'making .venv with %s ' "$("$python" --version)"
    if ! with_dots "$python" -m venv --clear .venv; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            printf 'installing python3-venv '
            with_dots sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install python3-venv' || true
            with_dots "$python" -m venv --clear .venv && return
        fi
        rm -rf .venv
        fail "$python cannot make a virtual environment; build/install.log says why." \
            "On Debian and Ubuntu this helps: sudo apt-get install python3-venv"
    fi
}

# install_project EXTRA: "" for what the bot needs, "[test]" for the tests as well.
install_project() {
    wanted="$(cksum <pyproject.toml) $1"
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || make_venv
    if [ -f .venv/installed ] && grep -qxF -e "$wanted" -e "$(cksum <pyproject.toml) [test]" .venv/installed &&
        .venv/bin/python -c 'import bot.cli' 2>/dev/null; then
        return
    fi
    printf 'installing the project and what it needs: pandas, pywikibot … (a minute or two) '
    with_dots .venv/bin/python -m pip install --disable-pip-version-check -e ".$1" || {
        tail -n 5 build/install.log >&2
        fail "" "Installing failed; all of it is in build/install.log." \
            "If the network is behind a proxy, set HTTPS_PROXY; then run this again."
    }
    printf '%s\n' "$wanted" >.venv/installed
}
