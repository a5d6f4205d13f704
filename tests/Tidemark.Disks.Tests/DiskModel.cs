namespace Tidemark.Disks.Tests;

/// <summary>What a disk should be, in the simplest words: the slow, obvious side of the random walk.</summary>
internal sealed class DiskModel
{
    private const int HostDisksMax = 20;

    public string State { get; private set; } = DiskState.Unattached;

    public string Host { get; private set; } = "";

    public bool IsPrepaid { get; private set; }

    public bool GoesWithHost { get; private set; }

    public long SizeGiB { get; private set; } = 1;

    /// <summary>Terminated, and perhaps to be brought back.</summary>
    public bool IsHidden { get; private set; }

    public string Attach(string host, bool goesWithHost, int disksOfHost)
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (State == DiskState.Attached && Host == host)
            return "";
        if (State == DiskState.ToRecycle)
            return ErrorCode.DiskExpired;
        if (State == DiskState.Attached)
            return ErrorCode.AttachedElsewhere;
        if (goesWithHost && IsPrepaid)
            return ErrorCode.InvalidParameterValue;
        if (disksOfHost >= HostDisksMax)
            return ErrorCode.InstanceDisksMax;
        (State, Host, GoesWithHost) = (DiskState.Attached, host, goesWithHost);
        return "";
    }

    public string Detach()
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (State == DiskState.ToRecycle)
            return ErrorCode.DiskExpired;
        if (State == DiskState.Unattached)
            return ErrorCode.WrongState;
        Release();
        return "";
    }

    public string Grow()
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (State == DiskState.ToRecycle)
            return ErrorCode.DiskExpired;
        SizeGiB++;
        return "";
    }

    public string Charge(bool isPrepaid)
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (State == DiskState.ToRecycle)
            return ErrorCode.DiskExpired;
        if (isPrepaid && !IsPrepaid)
            GoesWithHost = false;
        IsPrepaid = isPrepaid;
        return "";
    }

    public string Renew()
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (!IsPrepaid)
            return ErrorCode.DiskNotSupported;
        if (State == DiskState.ToRecycle)
            State = DiskState.Unattached;
        return "";
    }

    public string Terminate()
    {
        if (IsHidden)
            return ErrorCode.DiskNotFound;
        if (State == DiskState.Attached)
            return ErrorCode.WrongState;
        if (IsPrepaid && State == DiskState.Unattached)
            State = DiskState.ToRecycle;
        else
            IsHidden = true;
        return "";
    }

    public string Restore()
    {
        if (!IsHidden)
            return ErrorCode.DiskNotFound;
        IsHidden = false;
        return "";
    }

    public void LoseHost(string host)
    {
        if (IsHidden || State != DiskState.Attached || Host != host)
            return;
        IsHidden = GoesWithHost;
        Release();
    }

    private void Release() => (State, Host, GoesWithHost) = (DiskState.Unattached, "", false);
}
