using Dashboard.Domain.Contacts;

namespace Dashboard.Web.Features.Customers;

/// <summary>Customers in words.</summary>
public static class CustomerWording
{
    /// <summary>An age of invoices.</summary>
    public static string Age(AgingBucket age) =>
        age switch
        {
            AgingBucket.Current => "Not due yet",
            AgingBucket.UpTo30 => "1–30 days",
            AgingBucket.UpTo60 => "31–60 days",
            AgingBucket.UpTo90 => "61–90 days",
            _ => "Over 90 days",
        };

    /// <summary>The bucket of an invoice that is <paramref name="days"/> past its due date.</summary>
    public static AgingBucket Bucket(int days) =>
        days switch
        {
            <= 0 => AgingBucket.Current,
            <= 30 => AgingBucket.UpTo30,
            <= 60 => AgingBucket.UpTo60,
            <= 90 => AgingBucket.UpTo90,
            _ => AgingBucket.Over90,
        };

    /// <summary>A channel as people say it.</summary>
    public static string Channel(Channel channel) =>
        channel switch
        {
            Domain.Contacts.Channel.Email => "E-mail",
            Domain.Contacts.Channel.Phone => "Call",
            _ => "Text message",
        };
}
