using System.Globalization;
using Dapper;

namespace Tidemark.Disks.Queries;

/// <summary>The WHERE part of a list's SQL: conditions that must all hold, with their values as parameters.</summary>
internal sealed class ListConditions
{
    private readonly List<string> _conditions = [];

    /// <summary>The values.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>The text, starting with WHERE; empty without conditions.</summary>
    public string Sql => With(string.Empty);

    /// <summary>The text with one more condition, starting with WHERE; empty without any.</summary>
    public string With(string condition)
    {
        var all = condition.Length > 0 ? _conditions.Append(condition) : _conditions;
        var text = string.Join(" AND ", all);
        return text.Length > 0 ? "WHERE " + text : string.Empty;
    }

    /// <summary>The expression is one of the values.</summary>
    public void AddChoice(string expression, object values)
    {
        var name = NextName();
        Parameters.Add(name, values);
        _conditions.Add($"{expression} IN @{name}");
    }

    /// <summary>The expression is a list of ids, separated by commas, that has one of the values.</summary>
    public void AddMember(string expression, IReadOnlyList<string> values)
    {
        var alternatives = new List<string>();
        foreach (var value in values)
        {
            var name = $"{NextName()}m{alternatives.Count}";
            Parameters.Add(name, $",{value},");
            alternatives.Add($"instr(',' || {expression} || ',', @{name}) > 0");
        }

        _conditions.Add($"({string.Join(" OR ", alternatives)})");
    }

    /// <summary>A condition without values.</summary>
    public void Add(string condition) => _conditions.Add(condition);

    /// <summary>Nothing fits, or everything does.</summary>
    public void AddConstant(bool isTrue) => _conditions.Add(isTrue ? "1 = 1" : "1 = 0");

    /// <summary>The resource has a label whose key, value, or value under one key is one of the values.</summary>
    public void AddTag(string resourceExpression, string column, IReadOnlyList<string> values, string? key = null)
    {
        var name = NextName();
        Parameters.Add(name, values);
        var keyCondition = string.Empty;
        if (key is not null)
        {
            var keyName = name + "key";
            Parameters.Add(keyName, key);
            keyCondition = $" AND tag_key = @{keyName}";
        }

        _conditions.Add(
            $"EXISTS (SELECT 1 FROM tags WHERE resource_id = {resourceExpression}{keyCondition} " +
            $"AND {column} IN @{name})");
    }

    private string NextName() => "p" + _conditions.Count.ToString(CultureInfo.InvariantCulture);
}
