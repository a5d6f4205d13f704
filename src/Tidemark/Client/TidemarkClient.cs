namespace Tidemark.Client;

/// <summary>One server, everything that the commands ask of it. Owns the connection to the API.</summary>
internal sealed class TidemarkClient : IDisposable
{
    private readonly ApiClient _api;

    /// <summary>A client for one server; nothing is sent yet.</summary>
    public TidemarkClient(ClientSettings settings, TimeProvider time)
    {
        _api = new ApiClient(settings, time);
        Disks = new DiskCalls(_api, time);
        Snapshots = new SnapshotCalls(_api, time);
        Groups = new GroupCalls(_api, time);
        Policies = new PolicyCalls(_api);
        Server = new ServerCalls(_api, time);
        Quotas = new QuotaCalls(_api);
        Accounts = new AccountCalls(_api);
        Names = new Names(Disks, Snapshots, Groups);
    }

    /// <summary>The API's address.</summary>
    public Uri Endpoint => _api.Endpoint;

    /// <summary>Actions on disks.</summary>
    public DiskCalls Disks { get; }

    /// <summary>Actions on snapshots.</summary>
    public SnapshotCalls Snapshots { get; }

    /// <summary>Actions on snapshot groups.</summary>
    public GroupCalls Groups { get; }

    /// <summary>Actions on snapshot policies.</summary>
    public PolicyCalls Policies { get; }

    /// <summary>Actions on the server itself.</summary>
    public ServerCalls Server { get; }

    /// <summary>Actions on quotas.</summary>
    public QuotaCalls Quotas { get; }

    /// <summary>Actions on accounts and keys.</summary>
    public AccountCalls Accounts { get; }

    /// <summary>What arguments name.</summary>
    public Names Names { get; }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
