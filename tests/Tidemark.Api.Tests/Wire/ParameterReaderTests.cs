using System.Text;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Wire;

public sealed class ParameterReaderTests
{
    [Theory]
    [InlineData("""{"N":7}""", 7L)]
    [InlineData("""{"N":"7"}""", 7L)]
    [InlineData("""{"N":0}""", 0L)]
    [InlineData("""{"N":9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"N":null}""", null)]
    [InlineData("{}", null)]
    [InlineData("", null)]
    public void Numbers_may_be_text(string body, long? expected) => Assert.Equal(expected, Json(body).Number("N"));

    [Theory]
    [InlineData("""{"N":-1}""")]
    [InlineData("""{"N":1.5}""")]
    [InlineData("""{"N":1e400}""")]
    [InlineData("""{"N":"1.5"}""")]
    [InlineData("""{"N":"-1"}""")]
    [InlineData("""{"N":" 1"}""")]
    [InlineData("""{"N":""}""")]
    [InlineData("""{"N":"9223372036854775808"}""")]
    [InlineData("""{"N":18446744073709551615}""")]
    [InlineData("""{"N":true}""")]
    [InlineData("""{"N":[1]}""")]
    [InlineData("""{"N":{}}""")]
    public void A_wrong_number_names_its_member(string body) =>
        AssertRefused("InvalidParameterValue", "Parameter N ", () => Json(body).Number("N"));

    [Theory]
    [InlineData("""{"F":true}""", true)]
    [InlineData("""{"F":false}""", false)]
    [InlineData("""{"F":"True"}""", true)]
    [InlineData("""{"F":"FALSE"}""", false)]
    [InlineData("""{"F":"true"}""", true)]
    [InlineData("""{"F":null}""", null)]
    [InlineData("{}", null)]
    public void Booleans_may_be_text_in_any_case(string body, bool? expected) =>
        Assert.Equal(expected, Json(body).Flag("F"));

    [Theory]
    [InlineData("""{"F":1}""")]
    [InlineData("""{"F":"1"}""")]
    [InlineData("""{"F":"yes"}""")]
    [InlineData("""{"F":[]}""")]
    public void A_wrong_boolean_names_its_member(string body) =>
        AssertRefused("InvalidParameterValue", "Parameter F ", () => Json(body).Flag("F"));

    [Theory]
    [InlineData("""{"T":1}""")]
    [InlineData("""{"T":true}""")]
    [InlineData("""{"T":["a"]}""")]
    [InlineData("""{"T":"\ud800"}""")]
    public void A_wrong_text_names_its_member(string body) =>
        AssertRefused("InvalidParameterValue", "Parameter T ", () => Json(body).Text("T"));

    [Theory]
    [InlineData("""{"L":"a"}""", "L ")]
    [InlineData("""{"L":{"0":"a"}}""", "L ")]
    [InlineData("""{"L":["a",1]}""", "L.1 ")]
    [InlineData("""{"L":[null]}""", "L.0 ")]
    public void A_wrong_list_names_its_member(string body, string named) =>
        AssertRefused("InvalidParameterValue", "Parameter " + named, () => Json(body).Texts("L", 10));

    [Fact]
    public void A_list_that_is_too_long_is_refused() => AssertRefused(
        "InvalidParameterValue.LimitExceeded",
        "Parameter L has 3",
        () => Json("""{"L":["a","b","c"]}""").Texts("L", 2));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"L":null}""")]
    [InlineData("""{"L":[]}""")]
    public void A_required_list_must_have_values(string body) =>
        AssertRefused("MissingParameter", "Parameter L ", () => Json(body).RequiredTexts("L", 10));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"T":null}""")]
    [InlineData("""{"T":""}""")]
    public void A_required_text_must_not_be_empty(string body) =>
        AssertRefused("MissingParameter", "Parameter T ", () => Json(body).RequiredText("T"));

    [Fact]
    public void Members_inside_objects_are_named_with_their_path()
    {
        var reader = Json("""{"Filters":[{"Name":"a"},{"Name":7}],"Placement":{"Zone":[]}}""");

        AssertRefused(
            "InvalidParameterValue",
            "Parameter Filters.1.Name ",
            () => reader.Objects("Filters", 10, filter => filter.RequiredText("Name")));
        AssertRefused(
            "InvalidParameterValue",
            "Parameter Placement.Zone ",
            () => reader.RequiredNested("Placement").Text("Zone"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"A":1,"A":2}""")]
    [InlineData("""{"A":1} x""")]
    [InlineData("""{"A":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}""")]
    [InlineData("A=1")]
    public void A_body_that_is_not_one_object_is_refused(string body) =>
        AssertRefused("InvalidParameter", "The request body ", () => Json(body));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] body = [.. "{\"T\":\""u8, 0xff, 0xfe, .. "\"}"u8];

        AssertRefused("Invalid", "", () => new ParameterReader(JsonBody.Parse(body)).Text("T"));
    }

    [Fact]
    public void Flattened_names_become_objects_and_lists()
    {
        var reader = Flat("DiskIds.1=b&DiskIds.0=a&DiskIds.10=c&Limit=5&Filters.0.Name=zone&Filters.0.Values.0=z+1"
            + "&Filters.0.Values.1=%E5%A4%9C&Placement.Zone=z&Return=True");

        Assert.Equal(["a", "b", "c"], reader.Texts("DiskIds", 10));
        Assert.Equal(5, reader.Number("Limit"));
        Assert.Equal("z", reader.RequiredNested("Placement").Text("Zone"));
        Assert.True(reader.Flag("Return"));
        var values = Assert.Single(reader.Objects("Filters", 10, filter => filter.Texts("Values", 10)) ?? []);
        Assert.Equal(["z 1", "夜"], values);
    }

    [Theory]
    [InlineData("A=1&A=2", "Parameter A is given more than once")]
    [InlineData("A=1&A.B=2", "Parameter A.B is given both")]
    [InlineData("A.B=1&A=2", "Parameter A is given more than once")]
    [InlineData("A.B.C.D.E.F.G.H.I=1", "Parameter A.B.C.D.E.F.G.H.I is nested deeper")]
    public void Contradicting_names_are_refused(string query, string message) =>
        AssertRefused("InvalidParameter", message, () => Flat(query));

    [Fact]
    public void Too_many_pairs_are_refused()
    {
        var query = string.Join('&', Enumerable.Range(0, QueryText.PairsMax + 1).Select(i => $"A.{i}=1"));

        AssertRefused("InvalidParameter", "More than", () => Flat(query));
    }

    [Theory]
    [InlineData("&&A=1&", "1")]
    [InlineData("A", "")]
    [InlineData("A=", "")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=%zz", "%zz")]
    public void Odd_queries_are_read_as_they_stand(string query, string value) =>
        Assert.Equal(value, Flat(query).Text("A"));

    private static ParameterReader Json(string body) => new(JsonBody.Parse(Encoding.UTF8.GetBytes(body)));

    private static ParameterReader Flat(string query) => new(FlattenedParameters.Fold(QueryText.Parse(query)));

    private static void AssertRefused(string code, string message, Action act)
    {
        var refused = Assert.Throws<ApiException>(act);
        Assert.StartsWith(code, refused.Code);
        Assert.StartsWith(message, refused.Message);
    }
}
