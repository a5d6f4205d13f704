namespace Tidemark.Nbd.Wire;

/// <summary>The kinds of facts that <see cref="OptionKind.Info"/> and <see cref="OptionKind.Go"/> tell.</summary>
internal enum ExportFact : ushort
{
    /// <summary>Size and transmission flags; always told.</summary>
    Export = 0,

    /// <summary>The canonical name.</summary>
    Name = 1,

    /// <summary>A line for people.</summary>
    Description = 2,

    /// <summary>Block sizes: minimum, preferred, longest payload.</summary>
    BlockSize = 3,
}
