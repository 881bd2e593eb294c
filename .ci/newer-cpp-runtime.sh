#!/usr/bin/env bash
# Puts a newer C and C++ runtime (Debian 13's) and patchelf into the folder $1, beside the system's own, for native libraries
# that the system's is too old for: libtorch of TorchSharp 0.107 wants GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack.
# With OPTDSL_CPP_RUNTIME=$1 in the environment, the projects that use TorchSharp are built to run on it (.ci/LibTorch.props).
# Needs apt-get and dpkg, no privileges. Where the system's runtime is new enough (Debian 13, Ubuntu 24.04), it is not needed.
set -euo pipefail
root=$(mkdir -p "${1:?usage: newer-cpp-runtime.sh FOLDER}" && cd "$1" && pwd)
library="$root/usr/lib/x86_64-linux-gnu"
[ -x "$root/patchelf" ] && exit 0

cd "$root"
mkdir -p lists/partial etc
mirror=$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2> /dev/null)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:?"no mirror of Debian is configured"} trixie main" > etc/sources.list
options=(-o Dir::Etc::SourceList="$root/etc/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$root/lists"
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -qq)
apt-get "${options[@]}" update
apt-get "${options[@]}" download libc6 libstdc++6 libgcc-s1 patchelf
for package in *.deb; do dpkg -x "$package" .; done
rm -rf lists ./*.deb

# The new patchelf needs the new runtime itself.
cat > patchelf << EOF
#!/bin/sh
exec "$library/ld-linux-x86-64.so.2" --library-path "$library" "$root/usr/bin/patchelf" "\$@"
EOF
chmod +x patchelf
