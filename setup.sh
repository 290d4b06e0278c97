#!/bin/bash
# Makes .venv and installs what is missing: `setup.sh run` for the show, `setup.sh dev` for tests too.
# Does nothing when the files that decide what is installed have not changed since the last time.
set -euo pipefail
cd "$(dirname "$0")"

kind=${1:?run or dev}
venv=.venv
decided_by="pyproject.toml constraints.txt setup.py setup.sh"

# EGL for us, what cv2 wants, and what speaks to a sound server
run_packages="libegl1 libegl-mesa0 libgl1-mesa-dri libgl1 libglib2.0-0 libportaudio2 libasound2-plugins"
run_packages+=" pulseaudio-utils"
# judges of films, window, page (libatomic: playwright) and sound
dev_packages="ffmpeg xvfb xcompmgr libatomic1 chromium espeak-ng pulseaudio"

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

fingerprint() { { pwd; cat $decided_by; } | cksum; }
is_done() {  # dev holds all that run needs
    [ -x $venv/bin/vtuber ] && $venv/bin/python -c '' 2>/dev/null || return 1
    for stamp in "$@"; do
        [ "$(cat $venv/.ready-"$stamp" 2>/dev/null)" = "$(fingerprint)" ] && return 0
    done
    return 1
}

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; }
find_python() {  # the first that really runs: pyenv leaves shims on the path that only print an error
    local candidate
    for candidate in ${PYTHON:-python3.11 python3.12 python3 /usr/bin/python3.11 /usr/bin/python3.12}; do
        if suits "$candidate"; then command -v "$candidate"; return; fi
    done
    fail "no Python 3.11 or 3.12 that runs (mediapipe has no wheel for others); install one, e.g." \
        "'apt-get install python3.11', or name it: make setup PYTHON=/path/to/python3.12"
}

is_installed() {  # Ubuntu 24.04 and Debian 13 renamed some libraries to NAMEt64
    local states
    states=$(dpkg-query -W -f '${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null || true)
    grep -qx installed <<<"$states"
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

one_line() {  # long work shows where it is: its newest line and a clock, over and over, on a terminal
    local line="" next begun=$SECONDS clock
    if [ -t 2 ]; then
        while IFS= read -r -t 1 next || [ $? -gt 128 ]; do  # over 128: nothing came for a second
            line=${next:-$line}
            printf -v clock '%d:%02d' $(((SECONDS - begun) / 60)) $(((SECONDS - begun) % 60))
            printf '\r\033[K%s  %s' "$clock" "${line:0:70}" >&2  # 80 columns are the narrowest
        done
        printf '\r\033[K' >&2
    fi
    cat >/dev/null
}
quietly() {  # what it prints is kept, and shown when it fails
    local log
    log=$(mktemp)
    if "$@" 2>&1 | tee "$log" | one_line; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        say "failed: $*; all that it said is in $log"
        return 1
    fi
}

install_packages() {
    local missing=() package
    if ! command -v apt-get >/dev/null; then
        say "no apt here; if something is missing later, these are Debian's names for it: $*"
        return
    fi
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} = 0 ] && return
    say "installing system packages: ${missing[*]}"
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        say "not root and no sudo; ask for: apt-get install --no-install-recommends ${missing[*]}"
        return
    fi
    quietly as_root apt-get update || say "going on with the package lists that are here"
    quietly as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}" ||
        say "going on without: ${missing[*]}"
}

venv_is_good() {  # runs, and was made in this folder: its scripts name the path of their Python
    suits $venv/bin/python && grep -qs "^#!$PWD/$venv/" $venv/bin/pip
}
package_for_venv() {  # Debian's own Python comes without what makes environments
    venv_is_good || "$1" -c 'import ensurepip, venv' 2>/dev/null ||
        "$1" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
}
make_venv() {
    venv_is_good && return
    say "making $venv with $("$1" -V)"
    "$1" -m venv --clear $venv || fail "$1 cannot make a virtual environment"
}

install_python_packages() {
    say "installing Python packages (3 GB on the disk; one to ten minutes)"
    quietly $venv/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e "$1" ||
        exit 1
}

case $kind in
    run) is_done run dev && exit; packages=$run_packages; target=".[design,voice]" ;;
    dev) is_done dev && exit; packages="$run_packages $dev_packages"; target=".[dev]" ;;
    *) fail "no set-up called '$kind'; choose run or dev" ;;
esac
python=$(find_python)
if [ $kind = dev ] && grep -qs '^ID=ubuntu' /etc/os-release; then
    command -v chromium google-chrome >/dev/null ||
        say "Ubuntu has Chromium as a snap only; without it or Chrome the tests of the web page skip"
    packages=${packages/ chromium/}
fi
install_packages $packages $(package_for_venv "$python")
make_venv "$python"
install_python_packages "$target"
fingerprint >$venv/.ready-$kind
say "ready"
