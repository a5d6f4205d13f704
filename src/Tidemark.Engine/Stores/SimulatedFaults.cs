namespace Tidemark.Engine.Stores;

/// <summary>Which operations of a simulated store are to fail. The store's lock guards it.</summary>
internal sealed class SimulatedFaults
{
    private readonly List<Armed> _armed = [];
    private long _operationsUntilPowerCut = long.MaxValue; // counts down; at 0 the power is gone

    /// <summary>How many operations there were.</summary>
    public long OperationCount { get; private set; }

    /// <summary>True once the power is gone.</summary>
    public bool IsPowerCut => _operationsUntilPowerCut <= 0;

    /// <summary>Makes the n-th operation of a kind from now on fail, and all later ones too if it stays.</summary>
    public void Arm(SimulatedOperation operation, long nth, StoreFault fault, bool stays)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nth);
        _armed.Add(new(operation, fault, stays) { Remaining = nth });
    }

    /// <summary>Forgets every failure that was planted and has not come.</summary>
    public void Clear() => _armed.Clear();

    /// <summary>Cuts the power in the middle of the n-th operation from now on.</summary>
    public void CutPowerAt(long nth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nth);
        _operationsUntilPowerCut = nth;
    }

    /// <summary>As the other, for a file: the name is put together only for a failure.</summary>
    public StoreException? Next(SimulatedOperation operation, StoreArea area, long id) =>
        _armed.Count == 0 && _operationsUntilPowerCut > 1
            ? Count()
            : Next(operation, SimulatedStore.NameOf(area, id));

    /// <summary>Counts an operation; returns the failure that it has to have, or null.</summary>
    public StoreException? Next(SimulatedOperation operation, string subject)
    {
        OperationCount++;
        if (--_operationsUntilPowerCut <= 0)
            return PowerIsCut(operation, subject);

        for (var index = 0; index < _armed.Count; index++)
        {
            var armed = _armed[index];
            var isOfKind = armed.Operation == SimulatedOperation.Any || armed.Operation == operation;
            if (!isOfKind || --armed.Remaining > 0)
                continue;
            if (!armed.Stays)
                _armed.RemoveAt(index);
            return new(armed.Fault, $"{operation} failed on {subject}: planted {armed.Fault}.");
        }

        return null;
    }

    /// <summary>The failure of every operation once the power is gone.</summary>
    public static StoreException PowerIsCut(SimulatedOperation operation, string subject) =>
        new(StoreFault.Io, $"{operation} failed on {subject}: the simulated machine has stopped.");

    private StoreException? Count()
    {
        OperationCount++;
        _operationsUntilPowerCut--;
        return null;
    }

    private sealed record Armed(SimulatedOperation Operation, StoreFault Fault, bool Stays)
    {
        public long Remaining { get; set; }
    }
}
