using System.Globalization;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>Faults of a mapping that do not depend on a file.</summary>
internal static class MappingCheck
{
    /// <summary>Every fault found, each with its remedy.</summary>
    public static List<Error> Faults(ImportKind kind, ImportMapping mapping)
    {
        var faults = new List<Error>();
        if (mapping.Version != ImportMapping.CurrentVersion)
        {
            faults.Add(
                Error.Invalid(
                    "version",
                    $"The mapping is of version {mapping.Version}; this program reads version {ImportMapping.CurrentVersion}."
                )
            );
        }

        if (mapping.DecimalSeparator is not ("." or ","))
        {
            faults.Add(Error.Invalid("decimal_separator", "decimal_separator is '.' or ','."));
        }

        var known = ImportField.Of(kind).ToDictionary(f => f.Name);
        faults.AddRange(
            mapping
                .Fields.Keys.Where(f => !known.ContainsKey(f))
                .Select(f =>
                    Error.Invalid(
                        f,
                        $"There is no field '{f}'. The fields are {string.Join(", ", known.Keys)}."
                    )
                )
        );
        faults.AddRange(
            known
                .Values.Where(f => f.IsRequired(kind) && !mapping.Fields.ContainsKey(f.Name))
                .Select(f =>
                    Error.Invalid(
                        f.Name,
                        $"{f.Name} is not mapped: give it a column, a constant or a pattern."
                    )
                )
        );
        if (mapping.DateShift is { } shift && Fault(shift) is { } message)
        {
            faults.Add(Error.Invalid("date_shift", message));
        }

        return faults;
    }

    private static string? Fault(DateShift shift) =>
        (shift.Days is not null) == (shift.Align is not null || shift.To is not null)
            ? "date_shift takes either days, or align and to."
        : shift.Days is null && (shift.Align is null || !IsDay(shift.To))
            ? "date_shift needs align (a date such as 2013-12-02) and to ('today' or a date)."
        : null;

    private static bool IsDay(string? text) =>
        text == "today"
        || DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );
}
