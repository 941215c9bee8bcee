using System.Text.RegularExpressions;
using Xunit;

namespace Dashboard.Data.Tests.Schema;

/// <summary>
/// What schema.md demands, as lines in PostgreSQL's own spelling, so that they compare with <see cref="SchemaCatalog"/>.
/// </summary>
internal sealed partial class SchemaDocument
{
    private SchemaDocument(string text)
    {
        foreach (Match table in TablePattern().Matches(text))
        {
            ReadTable(table.Groups["name"].Value, table.Groups["body"].Value);
        }

        Indexes =
        [
            .. IndexPattern()
                .Matches(text)
                .Select(m =>
                    IndexLine(
                        m.Groups["name"].Value,
                        m.Groups["table"].Value,
                        m.Groups["columns"].Value,
                        m.Groups["where"].Value
                    )
                ),
        ];
        TriggerBody = Squeeze(BodyPattern().Match(text).Groups["body"].Value);
    }

    /// <summary>Table → its columns in order: <c>email character varying(255) NOT NULL</c>.</summary>
    public Dictionary<string, List<string>> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Unique and foreign keys: <c>customers UNIQUE (email)</c>.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Closed lists and ranges: <c>agents.type: email, phone, sms, research</c>, <c>….risk_score: 0 to 100</c>.</summary>
    public List<string> Limits { get; } = [];

    /// <summary>Every index of "Performance Indexes".</summary>
    public IReadOnlyList<string> Indexes { get; }

    /// <summary>The body of the trigger function.</summary>
    public string TriggerBody { get; }

    /// <summary>The document beside the repository, or the copy beside this test where a clone stands alone.</summary>
    public static SchemaDocument Read() =>
        new(File.ReadAllText(SchemaFiles.Original ?? SchemaFiles.Copy));

    /// <summary>An index as a line.</summary>
    public static string IndexLine(string name, string table, string columns, string where) =>
        $"{name} ON {table} ({columns})"
        + (where.Length == 0 ? string.Empty : $" WHERE ({where.Trim('(', ')')})");

    /// <summary>White space does not count.</summary>
    public static string Squeeze(string text) => SpacePattern().Replace(text, " ").Trim();

    private void ReadTable(string table, string body)
    {
        var columns = Columns[table] = [];
        foreach (
            var line in body.Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal))
        )
        {
            var item = line[2..].Trim();
            if (item.StartsWith("UNIQUE(", StringComparison.Ordinal))
            {
                Keys.Add($"{table} UNIQUE {item["UNIQUE".Length..]}");
            }
            else
            {
                columns.Add(ReadColumn(table, ColumnPattern().Match(item)));
            }
        }
    }

    private string ReadColumn(string table, Match match)
    {
        Assert.True(match.Success, $"A line of {table} is not understood.");
        var name = match.Groups["name"].Value;
        var rest = match.Groups["rest"].Value;
        if (rest.Contains("PRIMARY KEY", StringComparison.Ordinal))
        {
            Keys.Add($"{table} PRIMARY KEY ({name})");
        }

        if (rest.Contains("UNIQUE", StringComparison.Ordinal))
        {
            Keys.Add($"{table} UNIQUE ({name})");
        }

        var reference = ReferencePattern().Match(rest);
        if (reference.Success)
        {
            Keys.Add($"{table} FOREIGN KEY ({name}) {reference.Value}");
        }

        ReadLimit($"{table}.{name}", match.Groups["type"].Value, match.Groups["comment"].Value);
        var required =
            rest.Contains("NOT NULL", StringComparison.Ordinal)
            || rest.Contains("PRIMARY KEY", StringComparison.Ordinal);
        var value = DefaultPattern().Match(rest);
        return $"{name} {TypeName(match.Groups["type"].Value)}"
            + (required ? " NOT NULL" : string.Empty)
            + (value.Success ? " DEFAULT " + DefaultName(value.Groups[1].Value) : string.Empty);
    }

    /// <summary>A list that ends in "etc." stays open; a remark such as "(for emails)" is no list.</summary>
    private void ReadLimit(string column, string type, string comment)
    {
        var words = comment.Split(", ");
        if (
            type.StartsWith("VARCHAR", StringComparison.Ordinal)
            && words.Length > 1
            && words.All(w => WordPattern().IsMatch(w))
        )
        {
            Limits.Add($"{column}: {comment}");
        }

        var range = RangePattern().Match(comment);
        if (range.Success)
        {
            Limits.Add($"{column}: {range.Groups[1].Value} to {range.Groups[2].Value}");
        }
    }

    private static string TypeName(string type) =>
        type switch
        {
            "TIMESTAMP" => "timestamp without time zone",
            "TIME" => "time without time zone",
            _ => type.ToLowerInvariant()
                .Replace("varchar", "character varying", StringComparison.Ordinal),
        };

    private static string DefaultName(string value) =>
        value.StartsWith('\'') ? value + "::character varying" : value.ToLowerInvariant();

    [GeneratedRegex(
        @"^### \d+\. (?<name>\w+)\n.*?```sql\n(?<body>.*?)```",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex TablePattern();

    [GeneratedRegex(
        @"^(?<name>\w+): (?<type>[A-Z]+(\[\]|\([\d,]+\))?)(?<rest>.*?)( \((?<comment>[^)]*)\))?$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex ColumnPattern();

    [GeneratedRegex(@"REFERENCES \w+\(\w+\) ON DELETE (?:CASCADE|SET NULL)")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"DEFAULT (\S+)")]
    private static partial Regex DefaultPattern();

    [GeneratedRegex(
        @"^CREATE INDEX (?<name>\w+) ON (?<table>\w+)\((?<columns>[^)]*)\)( WHERE (?<where>[^;]*))?;",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex IndexPattern();

    [GeneratedRegex(@"RETURNS TRIGGER AS \$\$(?<body>.*?)\$\$", RegexOptions.Singleline)]
    private static partial Regex BodyPattern();

    [GeneratedRegex(@"^(\d+)-(\d+)$")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"^[a-z_]+$")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
