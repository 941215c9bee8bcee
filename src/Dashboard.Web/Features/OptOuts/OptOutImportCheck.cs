using Dashboard.Data;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>A file that was read and what its import would do.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="File">Its rows.</param>
/// <param name="Result">What would happen; its faults are those of the matching.</param>
public sealed record CheckedOptOutFile(string Name, OptOutFile File, OptOutImportResult Result)
{
    /// <summary>Every row that would be left out, in the order of the file.</summary>
    public IReadOnlyList<OptOutFileFault> Faults { get; } =
    [.. File.Faults.Concat(Result.Faults).OrderBy(f => f.Line)];
}

/// <summary>Reads an uploaded file and says what its import would do; writes nothing.</summary>
public sealed class OptOutImportCheck(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Largest file, in bytes; more than the rows it may have.</summary>
    public const long MostBytes = 8_000_000;

    /// <summary>Reads <paramref name="content"/>; an error when it is no file of opt-outs.</summary>
    public async Task<Result<CheckedOptOutFile>> RunAsync(
        string name,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(Path.GetTempPath(), $"opt-outs-{Guid.CreateVersion7():N}.csv");
        try
        {
            await using (var file = File.Create(path))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            var read = OptOutFile.Read(path);
            if (read.Error is { } unreadable)
            {
                return unreadable;
            }

            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var result = await new ImportOptOuts(read.Value.Rows).CheckAsync(
                db,
                time.GetUtcNow().UtcDateTime,
                cancellationToken
            );
            return new CheckedOptOutFile(name, read.Value, result);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
