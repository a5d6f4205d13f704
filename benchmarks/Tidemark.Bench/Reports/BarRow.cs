namespace Tidemark.Bench.Reports;

/// <summary>One row of what the project promises about its speed.</summary>
/// <param name="Work">The work.</param>
/// <param name="Bar">The bar.</param>
/// <param name="Found">What was measured.</param>
/// <param name="IsMet">Whether that meets the bar; null when it was not measured.</param>
internal sealed record BarRow(string Work, string Bar, string Found, bool? IsMet)
{
    /// <summary>The last cell.</summary>
    public string Verdict => IsMet switch
    {
        true => "met",
        false => "**not met**",
        null => "not measured",
    };
}
