// torch has one source of random numbers and one count of tensors for all threads.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
