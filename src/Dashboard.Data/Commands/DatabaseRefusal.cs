using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Dashboard.Data.Commands;

/// <summary>Turns the database's objections into errors for people.</summary>
internal static class DatabaseRefusal
{
    /// <summary>True for failures that a fresh try of the whole transaction can cure.</summary>
    public static bool IsTransient(Exception exception) =>
        Find(exception)?.SqlState
            is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The error to show, or null when the failure is not the caller's: then it must stay an exception.</summary>
    public static Error? Explain(Exception exception, IModel model)
    {
        if (Find(exception) is not { } refusal)
        {
            return null;
        }

        var noun = Noun(model, refusal.TableName);
        return refusal.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => Taken(refusal, model, noun),
            PostgresErrorCodes.ForeignKeyViolation => new Error(
                "missing_reference",
                $"The {noun} refers to something that does not exist any more, or is still in use. Reload and try again."
            ),
            PostgresErrorCodes.NotNullViolation => Error.Invalid(
                refusal.ColumnName ?? noun,
                $"The {Words(refusal.ColumnName)} of the {noun} must not be empty."
            ),
            PostgresErrorCodes.CheckViolation => Error.Invalid(
                refusal.ConstraintName ?? noun,
                $"The {noun} holds a value outside its allowed range ({Words(refusal.ConstraintName)})."
            ),
            PostgresErrorCodes.StringDataRightTruncation => Error.Invalid(
                refusal.ColumnName ?? noun,
                $"A text is too long for its field: {refusal.MessageText}."
            ),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
                Error.Conflict("Others are changing the same rows right now. Try again."),
            PostgresErrorCodes.LockNotAvailable => Error.Conflict(
                "Someone else is working on the same rows right now. Try again."
            ),
            _ => null,
        };
    }

    private static Error Taken(PostgresException refusal, IModel model, string noun)
    {
        var columns = UniqueColumns(model, refusal).ToList();
        return new Error(
            "already_exists",
            columns.Count == 0
                ? $"Such a {noun} exists already."
                : $"Another {noun} has the same {string.Join(" and ", columns.Select(Words))} already.",
            columns.Count == 0 ? null : columns[^1]
        );
    }

    private static IEnumerable<string> UniqueColumns(IModel model, PostgresException refusal)
    {
        var indexes = model
            .GetEntityTypes()
            .SelectMany(e => e.GetIndexes())
            .Where(i => i.GetDatabaseName() == refusal.ConstraintName)
            .Select(i => i.Properties);
        var keys = model
            .GetEntityTypes()
            .SelectMany(e => e.GetKeys())
            .Where(k => k.GetName() == refusal.ConstraintName)
            .Select(k => k.Properties);
        return (indexes.Concat(keys).FirstOrDefault() ?? []).Select(p => p.GetColumnName());
    }

    private static string Noun(IModel model, string? table)
    {
        var entity = model.GetEntityTypes().FirstOrDefault(e => e.GetTableName() == table);
        return entity is null ? "row" : Words(AuditNames.Noun(entity.ClrType));
    }

    private static string Words(string? name) => (name ?? "value").Replace('_', ' ');

    private static PostgresException? Find(Exception? exception) =>
        exception switch
        {
            null => null,
            PostgresException found => found,
            _ => Find(exception.InnerException),
        };
}
