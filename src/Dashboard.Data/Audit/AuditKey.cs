namespace Dashboard.Data.Audit;

/// <summary>
/// The key that seals the audit log; the installation's, never in the database. Every process that seals or verifies one
/// database has the same.
/// </summary>
public sealed class AuditKey
{
    /// <summary>Takes the key.</summary>
    /// <param name="bytes">32 bytes or more.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public AuditKey(byte[] bytes)
    {
        if (bytes.Length < 32)
        {
            throw new ArgumentException("The key has fewer than 32 bytes.", nameof(bytes));
        }

        Bytes = bytes;
    }

    internal byte[] Bytes { get; }
}
