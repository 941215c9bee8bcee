namespace Dashboard.Domain.Results;

/// <summary>Success, or the <see cref="Error"/> that explains the refusal.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>The refusal; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True when there is no error.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The successful result.</summary>
    public static Result Success { get; }

    /// <summary>A refusal.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or the <see cref="Error"/> that explains why there is none.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>The refusal; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True when there is no error.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The value. Throws when the result is a refusal: reading it unchecked is a bug.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException(Error.Message);

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
