using System.Globalization;

namespace Dashboard.Data.Audit;

/// <summary>The end of the chain. Whoever keeps it outside the database can tell later whether anything was cut off.</summary>
/// <param name="Number">The newest seal.</param>
/// <param name="Hash">Its hash, 64 hexadecimal digits.</param>
public sealed record AuditHead(long Number, string Hash)
{
    /// <summary>From the bytes of the column.</summary>
    public static AuditHead Of(long number, byte[] hash) =>
        new(number, Convert.ToHexStringLower(hash));

    /// <summary>Reads <c>NUMBER:HASH</c>; null when it is not that.</summary>
    public static AuditHead? Parse(string? text) =>
        text?.Trim().Split(':') is [var number, { Length: 64 } hash]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && hash.All(char.IsAsciiHexDigit)
            ? new AuditHead(value, hash.ToLowerInvariant())
            : null;

    /// <summary><c>NUMBER:HASH</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");
}
