namespace Tidemark.Engine.Stores;

/// <summary>
/// The kinds of file systems that several machines can have mounted at once. A lock on them may hold on one machine
/// only, and a sync may end at a cache.
/// </summary>
internal static class NetworkFileSystems
{
    /// <summary>The name of the network file system with this magic number (linux/magic.h); null if local.</summary>
    public static string? NameOf(long type) => (type & 0xFFFFFFFF) switch
    {
        0x6969 => "NFS",
        0x517B => "SMB",
        0xFF534D42 => "CIFS",
        0xFE534D42 => "SMB2",
        0x564C => "NCP",
        0x01021997 => "9P",
        0x5346414F or 0x6B414653 => "AFS",
        0x73757245 => "Coda",
        0x00C36400 => "Ceph",
        0x0BD00BD0 => "Lustre",
        0x47504653 => "GPFS",
        0xAAD7AAEA => "PanFS",
        0x7461636F => "OCFS2",
        0x01161970 => "GFS2",
        0x786F4256 => "VirtualBox shared folder",
        0xBACBACBC => "VMware shared folder",
        // sshfs, s3fs, GlusterFS and virtiofs look like every other FUSE file system: none of them can be told apart.
        0x65735546 => "FUSE",
        _ => null,
    };
}
