using System.Globalization;
using System.Text;

namespace Tidemark.Disks.Labels;

/// <summary>What keys and values of labels may be.</summary>
internal static class LabelRules
{
    /// <summary>What keys and values may have besides letters, digits and their marks.</summary>
    public const string Punctuation = " +-=._:/@()[]（）【】";

    private const int InRequestMax = 10;
    private const int KeyLengthMax = 127;
    private const int ValueLengthMax = 255;

    private static readonly string[] ReservedStarts = ["qcs:", "project:"];

    /// <summary>Refuses a change that cannot be.</summary>
    public static void Check(IReadOnlyList<Tag> set, IReadOnlyList<string> removed)
    {
        if (set.Count > InRequestMax || removed.Count > InRequestMax)
        {
            throw new DomainException(
                LabelErrors.TooManyInRequest, $"A request sets at most {InRequestMax} labels and removes as many.");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in set)
        {
            CheckKey(tag.Key);
            CheckValue(tag);
            if (!keys.Add(tag.Key))
                throw new DomainException(LabelErrors.KeyTwice, $"The key \"{tag.Key}\" is given twice.");
        }

        if (removed.FirstOrDefault(keys.Contains) is { } both)
            throw new DomainException(LabelErrors.SetAndRemoved, $"The key \"{both}\" is to be both set and removed.");
    }

    /// <summary>The prefix of a key that the cloud keeps for itself, or null.</summary>
    public static string? FindReserved(string key) =>
        ReservedStarts.FirstOrDefault(start => key.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The first character that neither a key nor a value may have, or null.</summary>
    public static Rune? FindIllegal(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isLegal = Rune.IsLetterOrDigit(rune)
                || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                || Punctuation.EnumerateRunes().Contains(rune);
            if (!isLegal)
                return rune;
        }

        return null;
    }

    private static void CheckKey(string key)
    {
        if (key.Length == 0)
            throw new DomainException(LabelErrors.KeyEmpty, "A label's key is empty; it has at least one character.");
        if (key.Length > KeyLengthMax)
        {
            throw new DomainException(
                LabelErrors.KeyLength, $"A label's key has at most {KeyLengthMax} characters; \"{key}\" has more.");
        }

        if (FindIllegal(key) is { } illegal)
            throw new DomainException(LabelErrors.KeyCharacter, Say("key", key, illegal));
        if (FindReserved(key) is { } reserved)
        {
            throw new DomainException(
                LabelErrors.KeyReserved, $"Keys with \"{reserved}\" before them are reserved; \"{key}\" is one.");
        }
    }

    private static void CheckValue(Tag tag)
    {
        if (tag.Value.Length > ValueLengthMax)
        {
            throw new DomainException(
                LabelErrors.ValueLength,
                $"A label's value has at most {ValueLengthMax} characters; that of \"{tag.Key}\" has more.");
        }

        if (FindIllegal(tag.Value) is { } illegal)
            throw new DomainException(LabelErrors.ValueCharacter, Say("value", tag.Value, illegal));
    }

    private static string Say(string what, string text, Rune illegal) =>
        $"A label's {what} has letters, digits and {Punctuation.Trim()} and spaces; \"{text}\" has "
        + string.Create(CultureInfo.InvariantCulture, $"U+{illegal.Value:X4}.");
}
