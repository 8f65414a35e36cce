"""What REST says and takes, a file a noun. Serializers check shape; verbs check sense."""
