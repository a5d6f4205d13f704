namespace Tidemark.Simulation.Stores;

/// <summary>
/// Builds what a power cut could leave of a recorded store directory. Kept for sure: content and length that a sync of
/// the file covered, names that a sync of their directory covered. In doubt, each on its own: every later change of a
/// page (old, new, as between, or torn at a sector), every later length, every later change of a name, a file's name
/// even where its content is durable. A move is whole or not at all.
/// </summary>
public static class CrashImage
{
    /// <summary>
    /// Builds one image: the first <paramref name="cutAt"/> calls were made. The same recording, cut and seed give the
    /// same image. The folder must be empty or not exist.
    /// </summary>
    public static void Build(SystemCallRecording recording, int cutAt, int seed, string targetFolder)
    {
        var tree = new ImageTree(recording);
        var calls = recording.First(cutAt);
        for (var number = 0; number < calls.Count; number++)
            tree.Play(number, calls[number]);
        tree.Materialise(targetFolder, new Random(seed));
    }
}
