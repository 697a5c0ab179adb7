using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace PipelineService.Storage;

/// <summary>
/// Reads entities from a statement that the context did not make, so that several statements can share one exchange. Columns, types and conversions are
/// the model's own. What was read is not tracked yet.
/// </summary>
internal sealed class RowReader<T>
    where T : class
{
    private static RowReader<T>? _made;
    private readonly Func<NpgsqlDataReader, T> _read;

    private RowReader(IEntityType type)
    {
        var properties = type.GetProperties().ToList();
        Columns = string.Join(", ", properties.Select(property => property.GetColumnName()));
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        // A constructor would ask for what is required; every property comes from a column.
        var made = Expression.Variable(typeof(T));
        var blank = Expression.Convert(
            Expression.Call(typeof(System.Runtime.CompilerServices.RuntimeHelpers), nameof(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject), null, Expression.Constant(typeof(T))),
            typeof(T));
        _read = Expression.Lambda<Func<NpgsqlDataReader, T>>(
            Expression.Block(
                [made],
                [Expression.Assign(made, blank), .. properties.Select((property, column) => Expression.Assign(Expression.Property(made, property.PropertyInfo!), Value(reader, property, column))), made]),
            reader).Compile();
    }

    /// <summary>What the statement has to select, in this order.</summary>
    public string Columns { get; }

    public static RowReader<T> Of(DbContext db) => _made ??= new RowReader<T>(db.Model.FindEntityType(typeof(T))!);

    /// <summary>The rows of the current result.</summary>
    public async Task<List<T>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(_read(reader));
        }

        return rows;
    }

    private static Expression Value(ParameterExpression reader, IProperty property, int column)
    {
        var converter = property.GetTypeMapping().Converter;
        var stored = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType) ?? converter?.ProviderClrType ?? property.ClrType;
        Expression value = Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [stored], Expression.Constant(column));
        if (converter?.ConvertFromProviderExpression is { } convert)
        {
            value = Expression.Invoke(convert, Expression.Convert(value, convert.Parameters[0].Type));
        }

        value = Expression.Convert(value, property.ClrType);
        return property.IsNullable
            ? Expression.Condition(Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, Expression.Constant(column)), Expression.Default(property.ClrType), value)
            : value;
    }
}
