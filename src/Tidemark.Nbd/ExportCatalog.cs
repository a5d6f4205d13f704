namespace Tidemark.Nbd;

/// <summary>Which exports exist. Called from many connections' threads at once, never on the data path.</summary>
public abstract class ExportCatalog
{
    /// <summary>
    /// Opens an export for one client. The empty name is for the catalog to resolve. The caller owns what it gets and
    /// disposes it once; queries during the handshake open and dispose exports too.
    /// </summary>
    /// <param name="name">As the client sent it: at most 4,096 bytes of UTF-8.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="refusal">Why not; null exactly when an export is returned.</param>
    public abstract Export? Open(string name, ClientIdentity client, out NbdOpenRefusal? refusal);

    /// <summary>
    /// What a client that asks for a list is shown; at most <paramref name="countMax"/> entries are sent.
    /// </summary>
    public abstract IReadOnlyList<ExportListing> List(ClientIdentity client, int countMax);
}
