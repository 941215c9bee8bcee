namespace Dashboard.Domain.Contacts;

/// <summary>A way to reach a customer (schema.md, contact_attempts.channel).</summary>
public enum Channel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>A voice call.</summary>
    Phone,

    /// <summary>A text message.</summary>
    Sms,
}
