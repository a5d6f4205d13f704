using System.Diagnostics;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// Debian's cloud kernel with the tools of this machine as its first file system, made once and kept in
/// artifacts/guest.
/// </summary>
internal static class GuestKernel
{
    private const string MetaPackage = "linux-image-cloud-amd64";

    /// <summary>The kernel image and the initrd; downloads and builds what is not there yet.</summary>
    public static (string Kernel, string Initrd) Prepare()
    {
        string[] tools = ["qemu-system-x86_64", "nbd-client", "busybox", "cpio", "modprobe", "mkfs.xfs", "e2fsck"];
        foreach (var tool in tools)
            Tool.Find(tool);
        var folder = Directory.CreateDirectory(Path.Combine(TreeRoot(), "artifacts", "guest")).FullName;
        var root = Path.Combine(folder, "root");
        if (!Directory.Exists(root))
            Unpack(folder, root);
        var scripts = Path.Combine(AppContext.BaseDirectory, "Guest");
        var initrd = Path.Combine(folder, "initrd.gz");
        Tool.Run("sh", Path.Combine(scripts, "build-initrd.sh"), root, Path.Combine(scripts, "init"), initrd);
        return (Directory.GetFiles(Path.Combine(root, "boot"), "vmlinuz-*").Single(), initrd);
    }

    // Unpacked beside its place and then named, so that half of it is never taken for the whole.
    private static void Unpack(string folder, string root)
    {
        var depends = Tool.Run("apt-cache", "depends", MetaPackage).Output;
        var package = depends.Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith("Depends: linux-image-", StringComparison.Ordinal));
        Assert.True(package is not null, $"apt-cache knows no {MetaPackage}: run 'apt-get update'.\n{depends}");
        var name = package!["Depends: ".Length..];
        var download = Tool.Execute(
            new ProcessStartInfo(Tool.Find("apt-get"), ["download", name]) { WorkingDirectory = folder },
            TimeSpan.FromMinutes(3));
        Assert.True(download.ExitCode == 0, $"{name} could not be downloaded; run 'apt-get update'.\n{download}");
        var file = Directory.GetFiles(folder, $"{name}_*.deb").Single();
        Tool.Run("dpkg-deb", "-x", file, root + ".partial");
        Directory.Move(root + ".partial", root);
        File.Delete(file);
    }

    private static string TreeRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run within the tree.");
    }
}
