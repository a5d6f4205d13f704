using System.CommandLine;
using Tidemark.Client;
using Tidemark.Images;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk create NAME --size SIZE | --from SNAPSHOT | --from-file IMAGE</summary>
internal sealed class DiskCreate : Verb
{
    private const long GiB = 1L << 30;

    private readonly Argument<string> _name = new("NAME") { Description = "the disk's name" };

    private readonly Option<string?> _size = new("--size")
    {
        Description = "20GiB, 20G, 20480MiB, or 20 for GiB; may be left out when the disk starts from something",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "start from a snapshot, at once",
        HelpName = "SNAPSHOT",
    };

    private readonly Option<string?> _fromFile = new("--from-file")
    {
        Description = "start from an image file: raw (holes stay holes), or qcow2, vmdk, vhdx through qemu-img",
        HelpName = "IMAGE",
    };

    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public DiskCreate()
        : base("create", "Create a disk: empty, from a snapshot, or from an image file.")
    {
        Arguments.Add(_name);
        Options.Add(_size);
        Options.Add(_from);
        Options.Add(_fromFile);
        Options.Add(_noWait);
        Validators.Add(result =>
        {
            var sources = (result.GetResult(_from) is null ? 0 : 1) + (result.GetResult(_fromFile) is null ? 0 : 1);
            if (sources == 2)
                result.AddError("--from and --from-file exclude each other.");
            if (sources == 0 && result.GetResult(_size) is null)
                result.AddError("--size is missing, or what the disk is to start from (--from, --from-file).");
        });
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var size = call.Parse.GetValue(_size) is { } text ? ByteSize.ParseGiB(text) : (long?)null;
        using var image = call.Parse.GetValue(_fromFile) is { } path
            ? await ImageFile.OpenAsync(path, call.Cancellation)
            : null;
        if (image is not null)
            size = SizeFor(image, size);

        var snapshot = call.Parse.GetValue(_from) is { } source
            ? await call.Client.Names.SnapshotAsync(source, call.Cancellation)
            : null;
        var server = await call.Client.Server.DescribeAsync(call.Cancellation);
        var id = await call.Client.Disks.CreateAsync(
            call.Parse.GetRequiredValue(_name), size, snapshot?.Id, server.Zones[0], call.Cancellation);
        if (image is not null)
            await FillAsync(call, server, image, id);
        else if (!call.Parse.GetValue(_noWait))
            await call.Client.Disks.WaitUntilRestingAsync(id, call.Cancellation);
        await PrintAsync(call, id);
    }

    private static long SizeFor(ImageFile image, long? wantedGiB)
    {
        var needed = (image.SizeBytes + GiB - 1) / GiB;
        return wantedGiB is { } wanted && wanted < needed
            ? throw CommandException.Usage(
                $"The image holds {ByteSize.Format(image.SizeBytes)}; a disk of {wanted} GiB is too small for it.",
                $"Leave out --size, or give at least {needed}GiB.")
            : Math.Max(wantedGiB ?? needed, 1);
    }

    // A disk that holds half an image helps nobody: it goes again when the copy fails.
    private static async Task FillAsync(VerbCall call, ServerDescription server, ImageFile image, string diskId)
    {
        try
        {
            await call.Client.Disks.WaitUntilRestingAsync(diskId, call.Cancellation);
            var target = NbdAddress.Choose(server, call.Client.Endpoint, diskId);
            var copied = await image.CopyToAsync(target, call.Printer.Note, call.Cancellation);
            call.Printer.Note($"Copied {ByteSize.Format(copied)} of data.");
        }
        catch
        {
            await call.Client.Disks.TerminateAsync([diskId], false, true, CancellationToken.None);
            throw;
        }
    }

    private static async Task PrintAsync(VerbCall call, string diskId)
    {
        if (call.Printer.IsJson)
        {
            call.Printer.Json(new DiskIdList([diskId]), OutputJson.Pretty.DiskIdList);
            return;
        }

        var disk = await call.Client.Disks.FindAsync(diskId, call.Cancellation);
        DiskTable.Print(call.Printer, disk is null ? [] : [disk]);
    }
}
