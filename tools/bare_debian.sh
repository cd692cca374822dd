#!/bin/sh
# Shows that a bare Debian with python3, venv, pip and make is enough:
#
#     tools/bare_debian.sh FOLDER 'make demo' 'make test'
#
# makes a Debian 12 in FOLDER, takes over from this machine the Debian mirror, the settings of pip and npm and the
# certificates, clones the last commit into it as a user would, and runs each command there. A command that serves until
# stopped (`make demo`) has passed once /healthz answers. Needs root and debootstrap (apt-get install debootstrap).
set -eu

root=${1:?Say into which empty folder.}
shift
here=$(cd "$(dirname "$0")/.." && pwd)
home=~root
work=$home/erreichbar

if [ ! -e "$root/etc/debian_version" ]; then
	mirror=$(grep -rhoE '(https?|file):[^ ]*/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1)
	debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-pip,python3-venv bookworm "$root" "$mirror"
	for settings in /etc/pip.conf "$home/.config/pip/pip.conf" "$home/.npmrc" /etc/ssl/certs/ca-certificates.crt; do
		[ -e "$settings" ] && mkdir -p "$root$(dirname "$settings")" && cp "$settings" "$root$settings"
	done
fi
rm -rf "$root$work"
git clone --quiet "file://$here" "$root$work"

mount --bind /dev "$root/dev"
mount -t proc proc "$root/proc"
trap 'umount "$root/dev" "$root/proc"' EXIT
inside() {
	env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb \
		SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
		chroot "$root" sh -ec "cd $work; $1"
}

for command in "$@"; do
	echo "== $command"
	if [ "$command" = "make demo" ]; then
		inside 'setsid make demo & demo=$!
			trap "kill -- -$demo" EXIT
			until python3 -c "import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:8000/healthz\").read().decode())" 2>/dev/null
			do sleep 2; kill -0 $demo; done'
	else
		inside "$command"
	fi
done
