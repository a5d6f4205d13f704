using System.Net;

namespace Tidemark.Nbd;

/// <summary>Who is asking for an export.</summary>
/// <param name="ConnectionId">Unique in the life of the server; the same in listings and events.</param>
/// <param name="Address">For people: <c>10.0.0.7:41234</c>, or <c>unix:/run/nbd.sock</c>.</param>
/// <param name="RemoteEndPoint">The peer's address; null for a Unix socket.</param>
/// <param name="IsLocal">Whether the client came through a Unix socket or from a loopback address.</param>
public sealed record ClientIdentity(long ConnectionId, string Address, EndPoint? RemoteEndPoint, bool IsLocal);
