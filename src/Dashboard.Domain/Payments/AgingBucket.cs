namespace Dashboard.Domain.Payments;

/// <summary>How old an unpaid invoice is, in days past due.</summary>
public enum AgingBucket
{
    /// <summary>Not due yet, or due today.</summary>
    Current,

    /// <summary>1 to 30 days.</summary>
    UpTo30,

    /// <summary>31 to 60 days.</summary>
    UpTo60,

    /// <summary>61 to 90 days.</summary>
    UpTo90,

    /// <summary>91 days and more.</summary>
    Over90,
}

/// <summary>Days past due and their buckets.</summary>
public static class Aging
{
    /// <summary>Days past due; 0 when not due yet or due today.</summary>
    public static int DaysOverdue(DateOnly dueDate, DateOnly today) =>
        Math.Max(0, today.DayNumber - dueDate.DayNumber);

    /// <summary>The bucket of an invoice that is due on a day.</summary>
    public static AgingBucket BucketOf(DateOnly dueDate, DateOnly today) =>
        DaysOverdue(dueDate, today) switch
        {
            0 => AgingBucket.Current,
            <= 30 => AgingBucket.UpTo30,
            <= 60 => AgingBucket.UpTo60,
            <= 90 => AgingBucket.UpTo90,
            _ => AgingBucket.Over90,
        };

    /// <summary>As it stands on screen: <c>current</c>, <c>1–30</c>, <c>31–60</c>, <c>61–90</c>, <c>90+</c>.</summary>
    public static string Label(this AgingBucket bucket) =>
        bucket switch
        {
            AgingBucket.Current => "current",
            AgingBucket.UpTo30 => "1–30",
            AgingBucket.UpTo60 => "31–60",
            AgingBucket.UpTo90 => "61–90",
            _ => "90+",
        };
}
