using Tidemark.Engine.Format;

namespace Tidemark.Engine.Reclaim;

/// <summary>The slots of one segment that are dead and not yet given back, as bits.</summary>
internal sealed class DeadSlots
{
    private readonly ulong[] _bits = new ulong[(SegmentLayout.DataSlotsMax + 63) / 64];

    /// <summary>How many slots are marked.</summary>
    public int Count { get; private set; }

    /// <summary>Marks slots; marking one twice counts once.</summary>
    public void Add(int firstSlot, int slotCount)
    {
        for (var slot = firstSlot; slot < firstSlot + slotCount; slot++)
        {
            var bit = 1UL << (slot & 63);
            if ((_bits[slot >> 6] & bit) == 0)
            {
                _bits[slot >> 6] |= bit;
                Count++;
            }
        }
    }

    /// <summary>
    /// Takes out the next run of at least <paramref name="slotsMin"/> marked slots at or after <paramref name="from"/>;
    /// false when there is none.
    /// </summary>
    public bool TryTakeRun(int from, int slotsMin, out int firstSlot, out int slotCount)
    {
        firstSlot = from;
        while (firstSlot < SegmentLayout.DataSlotsMax)
        {
            while (firstSlot < SegmentLayout.DataSlotsMax && !IsMarked(firstSlot))
            {
                firstSlot++;
            }

            var end = firstSlot;
            while (end < SegmentLayout.DataSlotsMax && IsMarked(end))
            {
                end++;
            }

            slotCount = end - firstSlot;
            if (slotCount >= slotsMin)
            {
                Clear(firstSlot, slotCount);
                return true;
            }

            firstSlot = Math.Max(end, firstSlot + 1);
        }

        slotCount = 0;
        return false;
    }

    private bool IsMarked(int slot) => (_bits[slot >> 6] & (1UL << (slot & 63))) != 0;

    private void Clear(int firstSlot, int slotCount)
    {
        for (var slot = firstSlot; slot < firstSlot + slotCount; slot++)
        {
            _bits[slot >> 6] &= ~(1UL << (slot & 63));
        }

        Count -= slotCount;
    }
}
