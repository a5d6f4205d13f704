using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

/// <summary>
/// The integer constants and enum members of the product, as TYPE.NAME; an expression may use the others, sizeof of a
/// built-in type, and + - * / &lt;&lt;.
/// </summary>
internal sealed class ConstantTable
{
    private static readonly Dictionary<string, long> SizesOfTypes = new()
    {
        ["byte"] = 1,
        ["short"] = 2,
        ["ushort"] = 2,
        ["int"] = 4,
        ["uint"] = 4,
        ["long"] = 8,
        ["ulong"] = 8,
    };

    private readonly Dictionary<string, ExpressionSyntax> _expressions = [];

    public ConstantTable()
    {
        var fields =
            from file in Tree.Current.Product
            from type in file.Types.OfType<TypeDeclarationSyntax>()
            from field in type.Members.OfType<FieldDeclarationSyntax>()
            where field.Modifiers.Any(SyntaxKind.ConstKeyword)
            from variable in field.Declaration.Variables
            select (Name: $"{type.Identifier.Text}.{variable.Identifier.Text}", variable.Initializer?.Value);
        var members =
            from file in Tree.Current.Product
            from type in file.Types.OfType<EnumDeclarationSyntax>()
            from member in type.Members
            select (Name: $"{type.Identifier.Text}.{member.Identifier.Text}", member.EqualsValue?.Value);
        foreach (var (name, expression) in fields.Concat(members))
        {
            if (expression is not null)
                _expressions[name] = expression;
        }
    }

    /// <summary>Finds and evaluates a constant, given as TYPE.NAME or, when only one type has it, as NAME.</summary>
    public bool TryGet(string name, out long value)
    {
        value = 0;
        var found = name.Contains('.', StringComparison.Ordinal)
            ? _expressions.Keys.Where(key => key == name).ToList()
            : _expressions.Keys.Where(key => key.EndsWith("." + name, StringComparison.Ordinal)).ToList();
        return found.Count == 1 && TryEvaluate(found[0].Split('.')[0], _expressions[found[0]], out value);
    }

    private bool TryEvaluate(string type, ExpressionSyntax expression, out long value)
    {
        value = 0;
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => TryEvaluate(type, inner.Expression, out value),
            CastExpressionSyntax cast => TryEvaluate(type, cast.Expression, out value),
            IdentifierNameSyntax name => TryGet($"{type}.{name.Identifier.Text}", out value),
            MemberAccessExpressionSyntax member => TryGet(
                $"{member.Expression.ToString().Split('.')[^1]}.{member.Name.Identifier.Text}", out value),
            LiteralExpressionSyntax literal => TryConvert(literal.Token.Value, out value),
            SizeOfExpressionSyntax size => SizesOfTypes.TryGetValue(size.Type.ToString(), out value),
            BinaryExpressionSyntax binary => TryCompute(type, binary, out value),
            _ => false,
        };
    }

    private bool TryCompute(string type, BinaryExpressionSyntax binary, out long value)
    {
        value = 0;
        if (!TryEvaluate(type, binary.Left, out var left) || !TryEvaluate(type, binary.Right, out var right))
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
