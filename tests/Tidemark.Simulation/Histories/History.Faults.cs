using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Histories;

/// <content>Operations of the store or the catalog that fail, and power cuts in the middle of anything.</content>
internal sealed partial class History
{
    private static readonly (SimulatedOperation Operation, StoreFault Fault)[] Faults =
    [
        (SimulatedOperation.Allocate, StoreFault.NoSpace),
        (SimulatedOperation.Create, StoreFault.NoSpace),
        (SimulatedOperation.Create, StoreFault.Io),
        (SimulatedOperation.Write, StoreFault.Io),
        (SimulatedOperation.Write, StoreFault.NoSpace),
        (SimulatedOperation.Sync, StoreFault.Io),
        (SimulatedOperation.Read, StoreFault.Io),
        (SimulatedOperation.Open, StoreFault.Io),
        (SimulatedOperation.Punch, StoreFault.Io),
        (SimulatedOperation.Delete, StoreFault.Io),
        (SimulatedOperation.Truncate, StoreFault.Io),
    ];

    // Something fails while a few operations run. What was refused did not happen; a disk that faulted is opened again
    // and holds a state that it may hold.
    private void FailInside()
    {
        if (_random.Next(4) == 0)
        {
            _catalog.CommitsUntilFailure = _random.Next(3);
            Say($"commit {_catalog.CommitsUntilFailure} fails");
        }
        else
        {
            var (operation, fault) = Pick(Faults);
            var nth = 1 + _random.Next(4);
            _store.Fail(operation, nth, fault);
            Say($"{operation} {nth} fails with {fault}");
        }

        OperateUntilFailure(1 + _random.Next(12));
        _store.ClearFaults();
        _catalog.CommitsUntilFailure = -1;
        _disks.ForEach(SettleAfterFault);
        Alive().ForEach(CompareSnapshot);
    }

    private void CutPowerInside()
    {
        var nth = 1 + _random.Next(60);
        Say($"the power goes at operation {nth}");
        _store.CutPowerAt(nth);
        for (var i = 0; i < 30 && !_store.IsPowerCut; i++)
        {
            OperateUntilFailure(1);
        }

        Crash(CrashKind.PowerCut);
    }

    private void OperateUntilFailure(int operationCount)
    {
        try
        {
            for (var i = 0; i < operationCount; i++)
            {
                OperateOnce();
            }
        }
        catch (Exception e) when (e is EngineException or IOException or RefusedException)
        {
            Say($"refused: {e.Message}");
        }
    }

    private void OperateOnce()
    {
        Action operation = _random.Next(12) switch
        {
            < 4 => WriteSome,
            4 => WritePart,
            5 => ZeroSome,
            6 => Flush,
            7 => Cut,
            8 => _random.Next(4) == 0 ? Reset : Rollback,
            9 => DeleteSnapshot,
            10 => () => Background(true, 3, Pick([StepBytes, StepBytesSmall])),
            _ => () => Background(false, 3, Pick([StepBytes, StepBytesSmall])),
        };
        operation();
    }

    private void SettleAfterFault(DiskModel disk)
    {
        var open = _engine.OpenDisk(disk.Id);
        if (open.IsFaulted)
        {
            Say($"reopen {disk.Id}");
            _engine.CloseDisk(disk.Id);
            FindState(disk, disk.PossibleStates(), "a fault");
            return;
        }

        if (Differs(open, disk.Blocks) is { } difference)
        {
            Require(disk.UndurableCount > 0, $"{disk.Id}: {difference}");
            disk.UndoOperation();
            Require(Differs(open, disk.Blocks) is null, $"after a refusal, {disk.Id}: {Differs(open, disk.Blocks)}");
        }
    }
}
