using System.Security.Cryptography;
using System.Text;
using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>A label and the resource that has it.</summary>
internal sealed class WireTagResource(Label label)
{
    public string TagKey => label.Key;

    public string TagValue => label.Value;

    public string ResourceId => label.ResourceId;

    public string TagKeyMd5 => Digest(label.Key);

    public string TagValueMd5 => Digest(label.Value);

    public string ServiceType { get; } = ResourceName.Product;

#pragma warning disable CA5351 // the API names this digest; nothing is trusted because of it
    private static string Digest(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
