namespace Tidemark.Bench.Servers;

/// <summary>How clients reach a disk.</summary>
internal enum Transport
{
    /// <summary>A Unix socket.</summary>
    UnixSocket,

    /// <summary>TCP over the loopback interface.</summary>
    Tcp,
}
