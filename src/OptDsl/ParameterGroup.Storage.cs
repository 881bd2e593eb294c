using OptDsl.Checkpoints;
using OptDsl.Execution;
using OptDsl.Kernels;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl;

/// <content>What the states are in memory.</content>
public sealed partial class ParameterGroup<T>
{
    private const string StorageSetting = "Storage";

    private readonly StateStorage[] _storages;
    private StateStorage? _common;

    /// <summary>A bit for each element-wise state: set for one that is rounded to the nearest.</summary>
    internal ulong NearestStates { get; private set; }

    /// <summary>True where some states are <see cref="Storage.Block8"/>.</summary>
    internal bool StoresBlocks => Array.Exists(_storages, state => state.Storage == Storage.Block8);

    /// <summary>Decides, with the name of a parameter, how states are rounded.</summary>
    internal ulong RoundingSeed => unchecked((ulong)_optimizer.RoundingSeed * 0x9E3779B97F4A7C15);

    /// <summary>
    /// Says what the states of the group are in memory:
    /// <c>optimizer.Add(new AdamW(), parameters).StoreStates(Storage.BFloat16)</c> halves the memory of both moments,
    /// <see cref="Storage.Block8"/> leaves a quarter of it.
    /// </summary>
    /// <param name="storage">What they are.</param>
    /// <param name="rounding">How values are rounded.</param>
    /// <returns>The group.</returns>
    /// <remarks>
    /// It concerns the element-wise states that are moments of gradients. Those that begin as the parameter, or are results in their own right
    /// (<see cref="StateAttribute.Output"/>), are weights, and stay as they are; <see cref="StoreState"/> changes them too. It may
    /// be said at any time: states that are there are converted at the next step, to the nearest values. A group that is made of this one by
    /// <see cref="Except"/> begins with the same. A variance that a rule takes as a difference of two averages, as that of
    /// <see cref="OptDsl.Rules.RmsProp.Centered"/>, does not survive it: keep those in the type of the elements. The compiler says so of
    /// declarations (OPT315), not of groups.
    /// </remarks>
    /// <exception cref="NotSupportedException">The rule cannot have such states: it was not compiled, but written by hand.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such storage or rounding.</exception>
    public ParameterGroup<T> StoreStates(Storage storage, Rounding rounding = Rounding.Stochastic)
    {
        var common = Checked(storage, rounding);
        for (var state = 0; state < _storages.Length; state++)
        {
            if (Shape.ElementStates[state] is { BeginsAsParameter: false, Output: false, IsOfElements: true })
                _storages[state] = common;
        }

        _common = common;
        FollowStorages();
        return this;
    }

    /// <summary>Says what one state of the group is in memory.</summary>
    /// <param name="symbol">The symbol of the element-wise state, as its declaration spells it.</param>
    /// <param name="storage">What it is.</param>
    /// <param name="rounding">How values are rounded.</param>
    /// <returns>The group.</returns>
    /// <exception cref="NotSupportedException">
    /// The rule cannot have such states: it was not compiled, but written by hand; or the state is not element-wise.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such storage or rounding.</exception>
    /// <exception cref="KeyNotFoundException">The rule has no such element-wise state.</exception>
    public ParameterGroup<T> StoreState(string symbol, Storage storage, Rounding rounding = Rounding.Stochastic)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var state = Optimizer<T>.IndexOf(Rule.Description.Name, Shape.ElementStates, symbol);
        if (!Shape.ElementStates[state].IsOfElements && storage != Storage.Element)
            throw new NotSupportedException($"The state '{symbol}' of the rule {Rule.Description.Name} is not element-wise: it stays of the type of the elements.");
        _storages[state] = Checked(storage, rounding);
        FollowStorages();
        return this;
    }

    /// <summary>What an element-wise state is in memory.</summary>
    /// <param name="symbol">The symbol of the state, as its declaration spells it.</param>
    /// <exception cref="KeyNotFoundException">The rule has no such element-wise state.</exception>
    public Storage StorageOf(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return _storages[Optimizer<T>.IndexOf(Rule.Description.Name, Shape.ElementStates, symbol)].Storage;
    }

    /// <summary>A layout of some states, as they are in memory.</summary>
    internal StateLayout LayoutOf(Func<int, bool> exists) => StateLayout.Of(Shape.ElementStates, exists, state => _storages[state].Storage);

    /// <summary>Begins with what another group says of all its states.</summary>
    internal void StoreLike(ParameterGroup<T> other)
    {
        if (other._common is { } common && (common.Storage == Storage.Element || Rule.Description.SupportsStorage))
            StoreStates(common.Storage, common.Rounding);
    }

    /// <summary>The storages that are not the type of the elements, as a text that differs where they do.</summary>
    private string? StorageText
    {
        get
        {
            var packed = _storages.Index().Where(state => state.Item.Storage != Storage.Element)
                .Select(state => $"{Shape.ElementStates[state.Index].Symbol}: {state.Item.Storage} ({state.Item.Rounding})");
            return string.Join(", ", packed) is { Length: > 0 } text ? text : null;
        }
    }

    private StateStorage Checked(Storage storage, Rounding rounding)
    {
        if (!Enum.IsDefined(storage))
            throw new ArgumentOutOfRangeException(nameof(storage), storage, $"There is no {nameof(Storage)} {storage}.");
        if (!Enum.IsDefined(rounding))
            throw new ArgumentOutOfRangeException(nameof(rounding), rounding, $"There is no {nameof(Rounding)} {rounding}.");
        if (storage == Storage.Element || Rule.Description.SupportsStorage && _storages.Length <= StatePacking.MostStates)
            return new StateStorage(storage, rounding);
        throw new NotSupportedException(Shape.SeesRows
            ? $"The rule {Rule.Description.Name} works on rows and columns, and its passes over them read states as elements: these cannot be {storage}."
            : $"The passes of the rule {Rule.Description.Name} read states as elements: a rule that was compiled, with at most {StatePacking.MostStates} states, can have them as {storage}.");
    }

    private void CheckStorage()
    {
        foreach (var storage in _storages)
            Checked(storage.Storage, storage.Rounding);
        FindNearest();
    }

    private void FollowStorages()
    {
        FindNearest();
        _optimizer.Replan();
    }

    private void FindNearest()
    {
        NearestStates = 0;
        for (var state = 0; state < Math.Min(_storages.Length, StatePacking.MostStates); state++)
        {
            if (_storages[state] is { Storage: not Storage.Element, Rounding: Rounding.Nearest })
                NearestStates |= 1UL << state;
        }
    }

    /// <summary>Sets what a checkpoint says of the storages.</summary>
    private bool RestoreStorage(string text)
    {
        var restored = Array.ConvertAll(_storages, _ => default(StateStorage));
        foreach (var part in text == SavedSetting.None ? [] : text.Split(", "))
        {
            if (part.Split(": ") is not [var symbol, var what] || what.TrimEnd(')').Split(" (") is not [var storage, var rounding]
                || Array.FindIndex(Shape.ElementStates, state => LetterForms.OfSymbol(state.Symbol) == LetterForms.OfSymbol(symbol)) is not (>= 0 and var index)
                || !Enum.TryParse<Storage>(storage, out var kind) || !Enum.TryParse<Rounding>(rounding, out var way)
                || !Enum.IsDefined(kind) || !Enum.IsDefined(way) || !Rule.Description.SupportsStorage)
            {
                return false;
            }

            restored[index] = new StateStorage(kind, way);
        }

        restored.CopyTo(_storages, 0);
        FollowStorages();
        return true;
    }
}
