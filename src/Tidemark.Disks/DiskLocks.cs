namespace Tidemark.Disks;

/// <summary>
/// Lets changes of one disk happen one after another. A fixed number of locks is shared by all ids; several are taken
/// in one order, so nobody waits in a circle as long as nobody asks for more while holding some. Not for the data path.
/// </summary>
internal sealed class DiskLocks
{
    private const int LockCount = 256;

    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    /// <summary>Runs something while nothing else changes these disks.</summary>
    public T Run<T>(IEnumerable<string> keys, Func<T> body)
    {
        int[] numbers = [.. keys.Select(NumberOf).Distinct().Order()];
        var takenCount = 0;
        try
        {
            foreach (var number in numbers)
            {
                _locks[number].Enter();
                takenCount++;
            }

            return body();
        }
        finally
        {
            for (var index = 0; index < takenCount; index++)
                _locks[numbers[index]].Exit();
        }
    }

    private static int NumberOf(string key)
    {
        var hash = 17;
        foreach (var letter in key)
            hash = unchecked((hash * 31) + letter);
        return (int)((uint)hash % LockCount);
    }
}
