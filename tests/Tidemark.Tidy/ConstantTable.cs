using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

/// <summary>
/// The integer constants of a few source files, by name; an expression may use the others and + - * / &lt;&lt;.
/// </summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<string, ExpressionSyntax> _expressions = [];

    public ConstantTable(IEnumerable<string> paths)
    {
        var fields =
            from path in paths
            from file in Tree.Current.Sources
            where file.Path == path || file.Path.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)
            from field in file.Root.DescendantNodes().OfType<FieldDeclarationSyntax>()
            where field.Modifiers.Any(SyntaxKind.ConstKeyword)
            from variable in field.Declaration.Variables
            where variable.Initializer is not null
            select variable;
        foreach (var field in fields)
            _expressions[field.Identifier.Text] = field.Initializer?.Value ?? throw new InvalidOperationException();
    }

    /// <summary>Finds and evaluates a constant.</summary>
    public bool TryGet(string name, out long value)
    {
        value = 0;
        return _expressions.TryGetValue(name, out var expression) && TryEvaluate(expression, out value);
    }

    private bool TryEvaluate(ExpressionSyntax expression, out long value)
    {
        value = 0;
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => TryEvaluate(inner.Expression, out value),
            CastExpressionSyntax cast => TryEvaluate(cast.Expression, out value),
            IdentifierNameSyntax name => TryGet(name.Identifier.Text, out value),
            MemberAccessExpressionSyntax member => TryGet(member.Name.Identifier.Text, out value),
            LiteralExpressionSyntax literal => TryConvert(literal.Token.Value, out value),
            BinaryExpressionSyntax binary => TryCompute(binary, out value),
            _ => false,
        };
    }

    private bool TryCompute(BinaryExpressionSyntax binary, out long value)
    {
        value = 0;
        if (!TryEvaluate(binary.Left, out var left) || !TryEvaluate(binary.Right, out var right))
            return false;
        value = binary.Kind() switch
        {
            SyntaxKind.AddExpression => left + right,
            SyntaxKind.SubtractExpression => left - right,
            SyntaxKind.MultiplyExpression => left * right,
            SyntaxKind.DivideExpression when right != 0 => left / right,
            SyntaxKind.LeftShiftExpression => left << (int)right,
            _ => long.MinValue,
        };
        return value != long.MinValue;
    }

    private static bool TryConvert(object? literal, out long value)
    {
        value = literal is ulong large ? unchecked((long)large) : 0;
        if (literal is int or uint or long)
            value = Convert.ToInt64(literal, CultureInfo.InvariantCulture);
        return literal is int or uint or long or ulong;
    }
}
