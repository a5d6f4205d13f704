namespace Tidemark.Bench.Servers;

/// <summary>One disk of one server, as the rounds see it: Tidemark's or a peer's.</summary>
internal interface IBlockServer : IDisposable
{
    /// <summary>Short and lasting: names it in the JSON.</summary>
    public string Key { get; }

    /// <summary>Where clients connect, by Unix socket or TCP.</summary>
    public string Uri { get; }

    /// <summary>The process that serves it now.</summary>
    public ServerProcess Process { get; }

    /// <summary>Brings the disk into the state that every point of the setting starts from.</summary>
    public Task RenewAsync();
}
