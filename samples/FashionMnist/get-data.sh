#!/usr/bin/env bash
# Installs Fashion-MNIST (Zalando, MIT licence) from the archive of Debian or Ubuntu, where the sample looks for it.
set -e
if ! command -v apt-get > /dev/null; then
    echo "There is no apt-get here: download the four files of https://github.com/zalandoresearch/fashion-mnist" >&2
    echo "and run the sample with -- --data <folder>." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    apt-get install -y dataset-fashion-mnist
else
    sudo apt-get install -y dataset-fashion-mnist
fi
