using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dashboard.Data.Mapping;

/// <summary>
/// <c>timestamp without time zone</c> columns hold UTC (architecture.md, "Time"); in C# they are of kind Utc. A value of
/// kind Local is converted, one of kind Unspecified is taken as UTC.
/// </summary>
public sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(
        value =>
            DateTime.SpecifyKind(
                value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value,
                DateTimeKind.Unspecified
            ),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc)
    );
