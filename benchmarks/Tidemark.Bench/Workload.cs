namespace Tidemark.Bench;

/// <summary>One kind of work, in fio's terms.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Pattern">fio's rw.</param>
/// <param name="BlockSize">fio's bs.</param>
/// <param name="Depth">Requests outstanding.</param>
internal sealed record Workload(string Name, string Pattern, string BlockSize, int Depth);
