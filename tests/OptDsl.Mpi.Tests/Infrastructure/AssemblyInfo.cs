// Jobs of several processes each.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
