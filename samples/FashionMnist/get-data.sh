#!/usr/bin/env bash
# Installs Fashion-MNIST (Zalando, MIT licence) from Debian's archive, where the sample looks for it.
set -e
apt-get install -y dataset-fashion-mnist
