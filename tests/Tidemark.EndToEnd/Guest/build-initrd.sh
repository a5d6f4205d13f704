#!/bin/sh
# build-initrd.sh ROOT INIT OUTPUT: a first file system of the tools on this machine, the modules of the unpacked kernel
# package ROOT, and INIT as its first process.
set -eu
kernel=$(cd "$1" && pwd) init=$2 output=$3
PATH=$PATH:/usr/sbin:/sbin
version=$(ls "$kernel/lib/modules")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
depmod -b "$kernel" "$version"

for folder in bin sbin proc sys dev mnt etc lib lib64 usr/lib run tmp var/run; do mkdir -p "$tree/$folder"; done
cp "$(command -v busybox)" "$tree/bin/busybox"
for applet in sh mount umount modprobe ip cat dd ls mkdir sleep sync md5sum poweroff echo dmesg cut grep tail tr rm \
    fsfreeze fstrim kill; do
    ln -sf busybox "$tree/bin/$applet"
done

for module in virtio_pci virtio_net nbd xfs; do
    modprobe -d "$kernel" -S "$version" --show-depends "$module" 2>/dev/null || true
done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r file; do
    place="$tree${file#"$kernel"}"
    mkdir -p "$(dirname "$place")"
    cp "$file" "$place"
done
for list in modules.builtin modules.order; do
    cp "$kernel/lib/modules/$version/$list" "$tree/lib/modules/$version/"
done
depmod -b "$tree" "$version"

for program in nbd-client mkfs.ext4 e2fsck mkfs.xfs xfs_repair; do
    path=$(command -v "$program")
    cp "$path" "$tree/sbin/"
    ldd "$path" | sed -n -e 's/.*=> \(\/[^ ]*\).*/\1/p' -e 's/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\).*/\1/p' |
        while read -r library; do
            mkdir -p "$tree$(dirname "$library")"
            cp -L "$library" "$tree$library"
        done
done

cp "$init" "$tree/init"
chmod +x "$tree/init"
(cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$output.partial"
mv "$output.partial" "$output"
