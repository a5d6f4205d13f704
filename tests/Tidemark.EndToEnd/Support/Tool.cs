using System.Diagnostics;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// Runs foreign programs, each with a limit of time. One that is not installed fails the test by its package's name.
/// </summary>
public static class Tool
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["qemu-img"] = "qemu-utils",
        ["qemu-io"] = "qemu-utils",
        ["nbdcopy"] = "libnbd-bin",
        ["nbdinfo"] = "libnbd-bin",
        ["fio"] = "fio",
        ["mkfs.ext4"] = "e2fsprogs",
        ["e2fsck"] = "e2fsprogs",
        ["mkfs.xfs"] = "xfsprogs",
        ["xfs_repair"] = "xfsprogs",
        ["qemu-system-x86_64"] = "qemu-system-x86",
        ["nbd-client"] = "nbd-client",
        ["busybox"] = "busybox-static",
        ["cpio"] = "cpio",
        ["modprobe"] = "kmod",
        ["depmod"] = "kmod",
        ["cmp"] = "diffutils",
        ["du"] = "coreutils",
        ["stat"] = "coreutils",
        ["cp"] = "coreutils",
        ["curl"] = "curl",
        ["openssl"] = "openssl",
        ["node"] = "nodejs",
        ["npm"] = "npm",
        ["sh"] = "dash",
        ["mount"] = "mount",
        ["umount"] = "mount",
        ["apt-get"] = "apt",
        ["apt-cache"] = "apt",
        ["dpkg-deb"] = "dpkg",
    };

    /// <summary>Runs a program that must end with 0.</summary>
    public static ToolResult Run(string name, params string[] arguments)
    {
        var result = Try(name, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public static ToolResult Try(string name, params string[] arguments) =>
        Execute(new ProcessStartInfo(Find(name), arguments), TimeMax);

    /// <summary>The full path of a program; a failure that names the Debian package when it is not there.</summary>
    public static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"]);
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Fail($"'{name}' is missing: install the Debian package {Packages.GetValueOrDefault(name, name)}.");
        return path;
    }

    /// <summary>Runs what was prepared and collects all that it says; kills it when it takes too long.</summary>
    public static ToolResult Execute(ProcessStartInfo start, TimeSpan timeMax, Stream? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"Not started: {command}");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        input?.CopyTo(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        if (!process.WaitForExit(timeMax))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Assert.Fail($"Not done after {timeMax.TotalSeconds} s: {Collect(command, process, output, error)}");
        }

        return Collect(command, process, output, error);
    }

    private static ToolResult Collect(string command, Process process, Task<string> output, Task<string> error) =>
        new(command, process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
}
