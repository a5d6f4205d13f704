using Tidemark.Api.Wire;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>A key as DescribeAccessKeys shows it: never its secret.</summary>
internal sealed class WireAccessKey(StoredKey key)
{
    public string SecretId => key.SecretId;

    public string AccountId => key.AccountId;

    public string Name => key.Name;

    public bool IsEnabled => key.IsEnabled;

    public bool ReadOnly => key.IsReadOnly;

    public string CreateTime => WireTime.Utc(key.CreateTime);
}
